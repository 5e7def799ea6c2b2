"""The hub of the drill: JupyterHub's own simple spawner and dummy authenticator, on loopback, for students who do not exist.

Nothing here is a way to run a class: a password for all and processes of one account. See book/room.md for hubs that are.
"""
import os
from pathlib import Path

room = Path(os.environ["ROOM"])
port = int(os.environ["ROOM_PORT"])
c = get_config()  # noqa: F821

c.JupyterHub.bind_url = f"http://127.0.0.1:{port}"
c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{port + 1}"
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{port + 2}"
c.ConfigurableHTTPProxy.command = [os.environ["ROOM_PROXY"]]
c.ConfigurableHTTPProxy.pid_file = str(room / "proxy.pid")
c.JupyterHub.db_url = f"sqlite:///{room / 'hub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(room / "cookie_secret")
c.JupyterHub.authenticator_class = "dummy"
c.JupyterHub.spawner_class = "simple"
c.JupyterHub.log_level = "WARN"
c.DummyAuthenticator.password = os.environ["ROOM_PASSWORD"]
c.Authenticator.allow_all = True
c.SimpleLocalProcessSpawner.home_dir_template = str(room / "homes" / "{username}")
c.Spawner.start_timeout = c.Spawner.http_timeout = 600
c.Spawner.args = ["--allow-root"] if os.getuid() == 0 else []
