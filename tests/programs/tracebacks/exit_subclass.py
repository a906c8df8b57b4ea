"""A subclass of SystemExit."""
class Quit(SystemExit):
    pass


raise Quit("quit message")
