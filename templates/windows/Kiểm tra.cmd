@echo off
rem Checks the files dropped onto it, or the inbox of this folder; opens the result.
chcp 65001 >nul
setlocal
set PYTHONUTF8=1
set "PROGRAM=%LOCALAPPDATA%\doingoai\Scripts\doingoai.exe"
if not exist "%PROGRAM%" set "PROGRAM=doingoai"
title doingoai
pushd "%~dp0"
if "%~1"=="" (
    "%PROGRAM%" check inbox --annotate tra-lai --format html --output ket-qua.html
) else (
    "%PROGRAM%" check %* --annotate tra-lai --format html --output ket-qua.html
)
if errorlevel 2 (
    pause
    exit /b 2
)
start "" ket-qua.html
