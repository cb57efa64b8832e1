@echo off
rem Event files (.venue) open with the program in this folder, for this user.
set ROOT=HKCU\Software\Classes
reg add "%ROOT%\.venue" /ve /d "VenueApp.Event" /f >nul
reg add "%ROOT%\VenueApp.Event" /ve /d "Venue event" /f >nul
reg add "%ROOT%\VenueApp.Event\DefaultIcon" /ve /d "\"%~dp0..\VenueApp.exe\",0" /f >nul
reg add "%ROOT%\VenueApp.Event\shell\open\command" /ve /d "\"%~dp0..\VenueApp.exe\" window \"%%1\"" /f >nul
