@echo off
rem Opens the page of this folder in the browser. Close the window to end it.
chcp 65001 >nul
setlocal
set PYTHONUTF8=1
cd /d "%~dp0"
set "PROGRAM=%LOCALAPPDATA%\doingoai\Scripts\doingoai.exe"
if not exist "%PROGRAM%" set "PROGRAM=doingoai"
title doingoai
echo Đang mở trang làm việc... Đóng cửa sổ này để kết thúc.
"%PROGRAM%" web
if errorlevel 1 pause
