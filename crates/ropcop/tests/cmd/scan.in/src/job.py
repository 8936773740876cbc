import demo

credential = demo.PasswordCredential(os.environ["DEMO_USER"], os.environ["DEMO_PASSWORD"])
