"""Looking ahead: what comes in the next 90 days, a month's calendar, and a policy's timeline as a picture."""
