# SPDX-License-Identifier: Apache-2.0
"""A headless Chromium, driven over its debugging pipe with the standard library alone."""

import base64
import fcntl
import itertools
import json
import os
import select
import shutil
import subprocess
import tempfile
import time

_FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
          "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
          "--hide-scrollbars", "--force-color-profile=srgb", "--remote-debugging-pipe", "about:blank"]


def program():
    """Path of the browser; None without one."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


class Browser:
    """One page of a browser. Collects everything that goes wrong in it and everything that it asks for."""

    def __init__(self, width=1280, height=1600):
        self.problems = []  # errors and warnings of the console, exceptions, breaches of the policy
        self.requests = []  # URLs
        self._loaded = False
        self._profile = tempfile.mkdtemp(prefix="lacuna-chromium-")
        self._buffer = b""
        self._ids = itertools.count(1)
        self._session = None
        self._start()
        try:
            self._attach(width, height)
        except BaseException:
            self.close()
            raise

    def _start(self):
        """The browser reads from descriptor 3 and writes to 4; ours must lie above, or the shell would lose one."""
        theirs, self._write = os.pipe()
        self._read, answers = os.pipe()
        high = [fcntl.fcntl(descriptor, fcntl.F_DUPFD, 10) for descriptor in (theirs, answers)]
        self._process = subprocess.Popen(
            ["bash", "-c", f'exec "$@" 3<&{high[0]} 4>&{high[1]}', "browser", program(), *_FLAGS,
             f"--user-data-dir={self._profile}"],
            pass_fds=high, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
        for descriptor in (theirs, answers, *high):
            os.close(descriptor)

    def _attach(self, width, height):
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(domain + ".enable")
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        for descriptor in (self._read, self._write):
            os.close(descriptor)
        shutil.rmtree(self._profile, ignore_errors=True)

    def _message(self, deadline):
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._read], [], [], max(0.0, deadline - time.monotonic()))
            if not ready:
                raise TimeoutError("the browser does not answer")
            block = os.read(self._read, 1 << 20)
            if not block:
                raise RuntimeError("the browser has ended")
            self._buffer += block
        text, _, self._buffer = self._buffer.partition(b"\0")
        return json.loads(text)

    def _note(self, message):
        method, values = message.get("method"), message.get("params", {})
        if method == "Page.loadEventFired":
            self._loaded = True
        elif method == "Runtime.exceptionThrown":
            self.problems.append("exception: " + json.dumps(values["exceptionDetails"])[:600])
        elif method == "Runtime.consoleAPICalled" and values["type"] in ("error", "warning", "assert"):
            self.problems.append(values["type"] + ": " + json.dumps(values["args"])[:600])
        elif method == "Log.entryAdded" and values["entry"]["level"] in ("error", "warning"):
            self.problems.append("log: " + values["entry"]["text"][:600])
        elif method == "Network.requestWillBeSent":
            self.requests.append(values["request"]["url"])

    def call(self, method, seconds=60, **values):
        """Sends a command of the DevTools protocol and gives its result."""
        number = next(self._ids)
        message = {"id": number, "method": method, "params": values}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        deadline = time.monotonic() + seconds
        while True:
            answer = self._message(deadline)
            if answer.get("id") != number:
                self._note(answer)
                continue
            if "error" in answer:
                raise RuntimeError(f"{method}: {answer['error']}")
            return answer["result"]

    def evaluate(self, expression):
        """The value of a JavaScript expression in the page."""
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise RuntimeError(f"{expression}: {json.dumps(result['exceptionDetails'])[:600]}")
        return result["result"].get("value")

    def open(self, url, ready, seconds=60):
        """Opens a page and waits until an expression is true in it."""
        self._loaded = False
        self.call("Page.navigate", url=url)
        deadline = time.monotonic() + seconds
        while not self._loaded:
            self._note(self._message(deadline))
        self.wait_for(ready, seconds)

    def wait_for(self, expression, seconds=20):
        deadline = time.monotonic() + seconds
        while not self.evaluate(f"Boolean({expression})"):
            if time.monotonic() > deadline:
                raise TimeoutError(f"never true: {expression}; {self.problems}")
            time.sleep(0.05)

    def emulate(self, **media):
        """emulate(media="print"), emulate(prefers_color_scheme="dark")"""
        features = [{"name": k.replace("_", "-"), "value": v} for k, v in media.items() if k != "media"]
        self.call("Emulation.setEmulatedMedia", media=media.get("media", ""), features=features)

    def mouse(self, kind, x, y, buttons=0):
        button = "left" if buttons or kind == "mouseReleased" else "none"
        self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button=button, buttons=buttons, clickCount=1)

    def click(self, x, y):
        self.mouse("mouseMoved", x, y)
        self.mouse("mousePressed", x, y, 1)
        self.mouse("mouseReleased", x, y)

    def drag(self, start, end, steps=3):
        self.mouse("mouseMoved", *start)
        self.mouse("mousePressed", *start, 1)
        for i in range(1, steps + 1):
            self.mouse("mouseMoved", *(a + (b - a) * i / steps for a, b in zip(start, end)), 1)
        self.mouse("mouseReleased", *end)

    def press(self, key, code, text=None):
        for kind in ("keyDown", "keyUp"):
            values = {"type": kind, "key": key, "code": key if key != " " else "Space", "windowsVirtualKeyCode": code}
            if text and kind == "keyDown":
                values["text"] = text
            self.call("Input.dispatchKeyEvent", **values)

    def screenshot(self, file, selector=None):
        """The whole page, or an element of it, as PNG."""
        box = self.evaluate(f"(() => {{ const r = document.querySelector({json.dumps(selector or 'html')})"
                            ".getBoundingClientRect(); return [r.x + scrollX, r.y + scrollY, r.width, r.height]; })()")
        clip = {"x": box[0], "y": box[1], "width": box[2], "height": box[3], "scale": 1}
        data = self.call("Page.captureScreenshot", format="png", clip=clip, captureBeyondViewport=True)["data"]
        with open(file, "wb") as image:
            image.write(base64.b64decode(data))

    def pdf(self, file):
        data = self.call("Page.printToPDF", printBackground=False, preferCSSPageSize=True)["data"]
        with open(file, "wb") as document:
            document.write(base64.b64decode(data))
