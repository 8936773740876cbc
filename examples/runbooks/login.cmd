@echo off
rem Exempt: a comment, az login -u robot -p ...
echo az login -u robot -p ...
rem Broken: a user, over two lines.
call az login ^
  -u %ROBOT_NAME% -p %ROBOT_PASSWORD%
if errorlevel 1 exit /b 1
