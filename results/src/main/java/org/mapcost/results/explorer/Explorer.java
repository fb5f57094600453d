package org.mapcost.results.explorer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.InputException;
import org.mapcost.results.chart.Svg;
import org.mapcost.results.chart.Theme;
import org.mapcost.results.chart.Tone;
import org.mapcost.results.chart.Typeface;
import tools.jackson.databind.json.JsonMapper;

/// The explorer's server. It listens on the loopback address alone and answers only who asked for
/// that address by name, so that no page from elsewhere can use it through a name of its own (DNS
/// rebinding).
///
/// It is the JDK's own server (`jdk.httpserver`): a page for one reader, on one host, over plain
/// HTTP needs no more, and no library comes onto the class path of the other commands.
public final class Explorer implements AutoCloseable {
  /// Longer addresses are refused.
  static final int LONGEST_QUERY = 2000;

  private static final int BACKLOG = 512;
  private static final String JSON = "application/json; charset=utf-8";

  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src"
              + " 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors"
              + " 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Cache-Control",
          "no-store");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Answers answers;
  private final JsonMapper json = JsonMapper.builder().build();

  private Explorer(HttpServer server, Asker asker) {
    this.server = server;
    this.answers = new Answers(asker);
  }

  /// Starts the server.
  ///
  /// @param port 0 for any that is free
  /// @throws InputException where the port is taken or not permitted
  public static Explorer start(int port, Asker asker) {
    // Who opens a connection and says nothing is let go.
    System.setProperty("sun.net.httpserver.maxReqTime", "20");
    System.setProperty("sun.net.httpserver.maxRspTime", "120");
    try {
      InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      Explorer explorer = new Explorer(HttpServer.create(address, BACKLOG), asker);
      explorer.server.createContext("/", explorer::handle);
      explorer.server.setExecutor(explorer.threads);
      explorer.server.start();
      return explorer;
    } catch (BindException e) {
      throw new InputException(
          "port " + port + " cannot be used (" + e.getMessage() + "); give another --port.", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Where the page is.
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /// An answer before it is sent.
  private static final class Reply {
    private final int status;
    private final String type;
    private final byte[] body;

    Reply(int status, String type, byte[] body) {
      this.status = status;
      this.type = type;
      this.body = body;
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Reply reply;
      try {
        reply = reply(exchange);
      } catch (InputException e) {
        reply = error(400, String.valueOf(e.getMessage()));
      } catch (RuntimeException e) {
        reply = error(500, "internal error: " + e);
      }
      HEADERS.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
      exchange.getResponseHeaders().set("Content-Type", reply.type);
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(reply.status, head ? -1 : reply.body.length);
      if (!head) {
        exchange.getResponseBody().write(reply.body);
      }
    }
  }

  private Reply reply(HttpExchange exchange) {
    String host = exchange.getRequestHeaders().getFirst("Host");
    if (!isOurs(host)) {
      return error(403, "this page is for this host alone; open " + address() + " on it.");
    }
    if (!exchange.getRequestMethod().matches("GET|HEAD")) {
      exchange.getResponseHeaders().set("Allow", "GET, HEAD");
      return error(405, "only GET is answered.");
    }
    String query = Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), "");
    if (query.length() > LONGEST_QUERY) {
      return error(414, "the address is longer than " + LONGEST_QUERY + " letters.");
    }
    return route(exchange.getRequestURI().getPath(), query);
  }

  /// Whether a Host header names the loopback with our port.
  private boolean isOurs(@Nullable String host) {
    String port = ":" + server.getAddress().getPort();
    return host != null
        && (host.equalsIgnoreCase("localhost" + port)
            || host.equals("127.0.0.1" + port)
            || host.equals("[::1]" + port));
  }

  private Reply route(String path, String query) {
    return switch (path) {
      case "/" -> new Reply(200, "text/html; charset=utf-8", resource("explorer.html"));
      case "/explorer.js" ->
          new Reply(200, "text/javascript; charset=utf-8", resource("explorer.js"));
      case "/explorer.css" -> new Reply(200, "text/css; charset=utf-8", style());
      case "/icon.svg" -> new Reply(200, "image/svg+xml", resource("icon.svg"));
      case "/roboto.ttf" -> new Reply(200, "font/ttf", Typeface.Weight.REGULAR.bytes());
      case "/roboto-bold.ttf" -> new Reply(200, "font/ttf", Typeface.Weight.BOLD.bytes());
      case "/choices" -> new Reply(200, JSON, answers.choices());
      case "/compare" -> new Reply(200, JSON, answers.compare(Question.of(query)));
      case "/crossovers" -> new Reply(200, JSON, answers.crossovers(Question.of(query)));
      default -> chart(path, query).orElseGet(() -> error(404, "there is no " + path + " here."));
    };
  }

  /// `/chart/KIND.svg` or `/chart/KIND-narrow.svg`.
  private Optional<Reply> chart(String path, String query) {
    if (!path.startsWith("/chart/") || !path.endsWith(".svg")) {
      return Optional.empty();
    }
    String name = path.substring("/chart/".length(), path.length() - ".svg".length());
    boolean narrow = name.endsWith("-narrow");
    Question.Kind kind =
        Question.Kind.ofKey(narrow ? name.substring(0, name.length() - "-narrow".length()) : name);
    return Optional.of(
        new Reply(
            200, "image/svg+xml; charset=utf-8", answers.chart(Question.of(query), kind, narrow)));
  }

  private Reply error(int status, String reason) {
    return new Reply(status, JSON, json.writeValueAsBytes(Map.of("error", reason)));
  }

  /// The style sheet, with the colours of both themes before it and the charts' change behind.
  private static byte[] style() {
    String css =
        ":root{%s}\n".formatted(variables(Theme.LIGHT))
            + new String(resource("explorer.css"), StandardCharsets.UTF_8)
            + "@media (prefers-color-scheme: dark){\n:root{%s}\n%s}\n"
                .formatted(
                    variables(Theme.DARK), Svg.recolour(".chart svg", Theme.LIGHT, Theme.DARK));
    return css.getBytes(StandardCharsets.UTF_8);
  }

  private static String variables(Theme theme) {
    StringBuilder css = new StringBuilder("color-scheme:" + theme.name() + ";");
    for (Tone tone : Tone.values()) {
      css.append("--%s:%s;".formatted(tone.name().toLowerCase(Locale.ROOT), theme.hex(tone)));
    }
    return css.toString();
  }

  private static byte[] resource(String name) {
    try (InputStream in = Explorer.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
