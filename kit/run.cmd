@echo off
rem Plain ASCII on purpose: cmd.exe reads this file in the code page of the console, whatever that is.
rem What is said in Chinese comes from Python, or from a UTF-8 text shown under code page 65001.
setlocal EnableExtensions DisableDelayedExpansion
rem Programs are called by their full path, and from a folder that is Windows' own: cmd.exe looks for a bare name in the
rem current folder first, and this file may lie beside anything.
set "HERE=%~dp0"
cd /d "%SystemRoot%\System32"
set "POWERSHELL=%SystemRoot%\System32\WindowsPowerShell\v1.0\powershell.exe"
if not exist "%HERE%kit\start.py" goto packed
set "FOUND="
for %%P in ("%SystemRoot%\py.exe" "%LOCALAPPDATA%\Programs\Python\Launcher\py.exe") do call :try %%P -3
for %%P in (python.exe) do call :try "%%~$PATH:P"
for %%V in (313 312 311) do call :try "%LOCALAPPDATA%\Programs\Python\Python%%V\python.exe"
if not defined FOUND goto nopython
%FOUND% -I "%HERE%kit\start.py" @VERB@
goto end
:nopython
"%SystemRoot%\System32\chcp.com" 65001 >nul
type "%HERE%kit\no-python.txt"
goto end
:packed
"%POWERSHELL%" -NoProfile -Command "Write-Host ([regex]::Unescape('\u8bf7\u5148\u628a\u6574\u4e2a\u538b\u7f29\u5305\u89e3\u538b\u5230\u4e00\u4e2a\u6587\u4ef6\u5939\uff0c\u518d\u8fd0\u884c\u4e00\u6b21\u3002'))"
if errorlevel 1 echo Please unpack the whole .zip into a folder first, then run this file again.
:end
echo.
pause
exit /b

rem The first of the interpreters that there is and that runs.
:try
if defined FOUND exit /b
if "%~1"=="" exit /b
if not exist "%~1" exit /b
"%~1" %2 -I -c "" >nul 2>nul
if %errorlevel% equ 0 set FOUND="%~1" %2
exit /b
