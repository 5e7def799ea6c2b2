@cd /d "%~dp0"
@where /q py
@if errorlevel 1 (python serve.py %*) else (py -3 serve.py %*)
