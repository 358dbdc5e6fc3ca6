module example.com/smtpx

go 1.26
