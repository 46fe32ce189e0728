@echo off
rem Plain ASCII on purpose: cmd.exe reads this file in the code page of the console, whatever that is.
rem What is said in Chinese comes from Python, or from a UTF-8 text shown under code page 65001.
setlocal EnableExtensions DisableDelayedExpansion
if not exist "%~dp0kit\start.py" goto packed
set "FOUND="
py -3 -I -c "" >nul 2>nul
if %errorlevel% equ 0 set "FOUND=py -3"
if defined FOUND goto found
python -I -c "" >nul 2>nul
if %errorlevel% equ 0 set "FOUND=python"
if not defined FOUND for %%V in (313 312 311) do if not defined FOUND if exist "%LOCALAPPDATA%\Programs\Python\Python%%V\python.exe" set FOUND="%LOCALAPPDATA%\Programs\Python\Python%%V\python.exe"
if not defined FOUND goto nopython
:found
%FOUND% -I "%~dp0kit\start.py" @VERB@
goto end
:nopython
chcp 65001 >nul
type "%~dp0kit\no-python.txt"
goto end
:packed
powershell -NoProfile -Command "Write-Host ([regex]::Unescape('\u8bf7\u5148\u628a\u6574\u4e2a\u538b\u7f29\u5305\u89e3\u538b\u5230\u4e00\u4e2a\u6587\u4ef6\u5939\uff0c\u518d\u8fd0\u884c\u4e00\u6b21\u3002'))"
if errorlevel 1 echo Please unpack the whole .zip into a folder first, then run this file again.
:end
echo.
pause
