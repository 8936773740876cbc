// Command rackctl lists machines that nobody has used for a month.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"

	"example.com/rackctl/internal/signin"
)

func main() {
	user := flag.String("user", "", "sign in as this user, with `az login -u NAME -p PASSWORD`")
	flag.Parse()

	if *user == "" {
		// Exempt: a managed identity.
		if err := run("az", "login", "--identity", "--client-id", os.Getenv("RACK_IDENTITY")); err != nil {
			log.Fatal(err)
		}
		return
	}
	password, err := signin.FromFile(os.Getenv("RACK_PASSWORD_FILE"))
	if err != nil {
		log.Fatal(err)
	}
	// Broken: the words of a user sign-in, handed to a process.
	login := exec.Command("az", "login", "-u", *user, "-p", password, "--output", "none")
	login.Stderr = os.Stderr
	if err := login.Run(); err != nil {
		// Exempt: a message.
		fmt.Fprintf(os.Stderr, "az login -u %s -p ... failed: %v\n", *user, err)
		os.Exit(1)
	}
}

// run starts a program and waits for it.
func run(name string, args ...string) error {
	command := exec.Command(name, args...)
	command.Stdout = os.Stdout
	command.Stderr = os.Stderr
	return command.Run()
}
