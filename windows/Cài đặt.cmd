@echo off
rem Installs doingoai for this user from the wheels beside it, without the network.
chcp 65001 >nul
setlocal
set PYTHONUTF8=1
cd /d "%~dp0"
title doingoai
rem The last that fits is taken: the newest that wheels beside this file are for. "py -3" may be one that is too new.
set PYTHON_MANAGER_AUTOMATIC_INSTALL=false
set "FITS=import struct, sys; sys.exit(not (@OLDEST@ <= sys.version_info[:2] <= @NEWEST@ and struct.calcsize('P') == 8))"
set "PYTHON="
python -c "%FITS%" >nul 2>nul && set "PYTHON=python"
py -@EACH@ -c "%FITS%" >nul 2>nul && set "PYTHON=py -@EACH@"
if not defined PYTHON (
    echo Máy này chưa có Python 64-bit, bản @VERSIONS@.
    echo Cài Python từ trang python.org ^(đánh dấu "Add Python to PATH"^) rồi bấm đúp lại tệp này.
    pause
    exit /b 1
)
set "PLACE=%LOCALAPPDATA%\doingoai"
echo Đang cài vào %PLACE% ...
%PYTHON% -m venv --clear "%PLACE%" || goto failed
"%PLACE%\Scripts\python.exe" -m pip install --quiet --disable-pip-version-check --no-index --find-links wheels "doingoai-cli[web]" || goto failed
set "DESK=%USERPROFILE%\Documents\Doi ngoai"
"%PLACE%\Scripts\doingoai.exe" init "%DESK%" || goto failed
echo.
echo Đã cài xong. Thư mục làm việc: %DESK%
echo Bấm đúp "Mở doingoai.cmd" trong thư mục đó để bắt đầu.
start "" "%DESK%"
pause
exit /b 0
:failed
echo.
echo Cài đặt không thành công. Chụp lại cửa sổ này và gửi người phụ trách.
pause
exit /b 1
