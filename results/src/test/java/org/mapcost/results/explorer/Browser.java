package org.mapcost.results.explorer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A headless Chromium, driven by its DevTools protocol, that can reach this host's loopback and
/// nothing else.
public final class Browser implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String LISTENING = "DevTools listening on ";
  private static final long SECONDS = 60;

  private final Process process;
  private final Path profile;
  private final WebSocket socket;
  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
  private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private volatile CompletableFuture<Void> loaded = new CompletableFuture<>();

  private Browser(Process process, Path profile, URI page) {
    this.process = process;
    this.profile = profile;
    this.socket =
        HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(page, new Listener()).join();
  }

  /// The browser's program, if this host has it.
  public static Optional<Path> program() {
    return Stream.of("chromium", "chromium-browser", "google-chrome")
        .flatMap(name ->
            Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /// Starts it with one empty page.
  public static Browser start(Path program) throws IOException {
    Path profile = Files.createTempDirectory("mapcost-browser");
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--no-first-run",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader said =
        new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      if (line.startsWith(LISTENING)) {
        URI browser = URI.create(line.substring(LISTENING.length()).strip());
        Thread.ofVirtual().start(() -> drain(said));
        Browser started = new Browser(process, profile, page(browser.getPort()));
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
          started.call(domain + ".enable", Map.of());
        }
        return started;
      }
    }
    process.destroyForcibly();
    throw new IOException(program + " did not start");
  }

  private static void drain(BufferedReader said) {
    try {
      while (said.readLine() != null) {
        // What it says besides is of no interest.
      }
    } catch (IOException e) {
      return;
    }
  }

  private static URI page(int port) throws IOException {
    try {
      String pages =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list"))
                      .build(),
                  HttpResponse.BodyHandlers.ofString())
              .body();
      for (JsonNode each : JSON.readTree(pages)) {
        if (each.path("type").asString().equals("page")) {
          return URI.create(each.path("webSocketDebuggerUrl").asString());
        }
      }
      throw new IOException("no page in " + pages);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /// Opens an address and waits for all of it.
  public void open(String address) {
    complaints.clear();
    requests.clear();
    loaded = new CompletableFuture<>();
    call("Page.navigate", Map.of("url", address));
    loaded.orTimeout(SECONDS, TimeUnit.SECONDS).join();
  }

  /// The size of the window, in pixels of CSS.
  public void resize(int width, int height) {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
  }

  /// `prefers-color-scheme`, and `screen` or `print`.
  public void media(String scheme, String medium) {
    call(
        "Emulation.setEmulatedMedia",
        Map.of(
            "media",
            medium,
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /// Takes the network away, or gives it back.
  public void offline(boolean off) {
    call(
        "Network.emulateNetworkConditions",
        Map.of("offline", off, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
  }

  /// The value of an expression; promises are waited for.
  public JsonNode value(String expression) {
    JsonNode answer =
        call(
            "Runtime.evaluate",
            Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    if (answer.has("exceptionDetails")) {
      throw new AssertionError(expression + ": " + answer);
    }
    return answer.path("result").path("value");
  }

  /// Waits until an expression is true.
  public void until(String expression) {
    value(
        "new Promise((yes, no) => { const end = Date.now() + %d; const look = () => { if (%s) yes(1); else if (Date.now() > end) no(new Error('never: ' + %s)); else setTimeout(look, 20); }; look(); })"
            .formatted(SECONDS * 1000, expression, JSON.writeValueAsString(expression)));
  }

  /// The whole page, as a PNG.
  public byte[] picture() {
    return Base64.getDecoder()
        .decode(
            call("Page.captureScreenshot", Map.of("captureBeyondViewport", true))
                .path("data")
                .asString());
  }

  /// Errors and warnings of the console since the page was opened.
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  /// Every address that was asked for since the page was opened.
  public List<String> requests() {
    return List.copyOf(requests);
  }

  private JsonNode call(String method, Map<String, ?> parameters) {
    int id = ids.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    socket
        .sendText(
            JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters)), true)
        .join();
    JsonNode message = answer.orTimeout(2 * SECONDS, TimeUnit.SECONDS).join();
    if (message.has("error")) {
      throw new AssertionError(method + ": " + message.path("error"));
    }
    return message.path("result");
  }

  private void hear(JsonNode message) {
    if (message.has("id")) {
      CompletableFuture<JsonNode> answer = waiting.remove(message.path("id").asInt());
      if (answer != null) {
        answer.complete(message);
      }
      return;
    }
    JsonNode params = message.path("params");
    switch (message.path("method").asString()) {
      case "Page.loadEventFired" -> loaded.complete(null);
      case "Network.requestWillBeSent" ->
          requests.add(params.path("request").path("url").asString());
      case "Runtime.exceptionThrown" -> complaints.add(params.toString());
      case "Runtime.consoleAPICalled" -> complaints.add(params.toString());
      case "Log.entryAdded" -> complaints.add(params.path("entry").toString());
      default -> {
        // Of no interest.
      }
    }
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        hear(JSON.readTree(text.toString()));
        text.setLength(0);
      }
      from.request(1);
      return CompletableFuture.completedFuture(null);
    }
  }

  @Override
  public void close() throws IOException {
    socket.abort();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().join();
    try (Stream<Path> files = Files.walk(profile)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
