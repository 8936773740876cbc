from azure.identity import UsernamePasswordCredential


def test_robot_can_sign_in(robot):
    # Broken too: a test that signs in for real stops with the same error.
    credential = UsernamePasswordCredential(robot.client_id, robot.name, robot.password)
    assert credential.get_token("https://storage.azure.com/.default").token
