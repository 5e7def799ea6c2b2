@cd /d "%~dp0"
@where /q py
@if errorlevel 1 (python install.py %*) else (py -3 install.py %*)
@pause
