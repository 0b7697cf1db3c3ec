@echo off
rem Merges the inbox of this folder into tonghop.xlsx and opens it.
chcp 65001 >nul
setlocal
set PYTHONUTF8=1
cd /d "%~dp0"
set "PROGRAM=%LOCALAPPDATA%\doingoai\Scripts\doingoai.exe"
if not exist "%PROGRAM%" set "PROGRAM=doingoai"
title doingoai
"%PROGRAM%" merge inbox --out tonghop.xlsx
if errorlevel 2 (
    pause
    exit /b 2
)
start "" tonghop.xlsx
