@echo off
rem Opens the window with the buttons, for computers where Excel may not start programs. Works from any folder.
rem Plain ASCII, as the other .cmd files.
setlocal EnableExtensions DisableDelayedExpansion
if not exist "%LOCALAPPDATA%\minsheng\env\Scripts\pythonw.exe" goto missing
start "" /d "%USERPROFILE%" "%LOCALAPPDATA%\minsheng\env\Scripts\pythonw.exe" -I -m minsheng.panel
exit /b
:missing
"%SystemRoot%\System32\WindowsPowerShell\v1.0\powershell.exe" -NoProfile -Command "Write-Host ([regex]::Unescape('\u8fd8\u6ca1\u6709\u5b89\u88c5\u3002\u8bf7\u5148\u53cc\u51fb\u5b89\u88c5\u5305\u91cc\u7684\u201c\u5b89\u88c5.cmd\u201d\u3002'))"
if errorlevel 1 echo Not installed yet: please run the other .cmd file first.
pause
