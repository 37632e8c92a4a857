"""Where bytes come from: the only code that touches files and sockets; it knows no frames and no screen."""
