package io.eventagents.notification.email;

import io.eventagents.embedded.Trickle;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A mail server that misbehaves as told. It has a reply per verb ({@code GREETING}, {@code EHLO},
 * {@code MAIL}, {@code RCPT}, {@code DATA}, {@code MESSAGE}, {@code QUIT}). {@code HANG} means no
 * reply, {@code TRICKLE} an endless reply of a byte at a time, and {@code CLOSE} the end of the
 * connection. The other replies are those of a server that accepts the mail.
 */
final class ScriptedSmtpServer implements AutoCloseable {

  static final String HANG = "hang";
  static final String TRICKLE = "trickle";
  static final String CLOSE = "close";

  private static final Map<String, String> GOOD =
      Map.of(
          "GREETING", "220 ready",
          "EHLO", "250 fine",
          "MAIL", "250 fine",
          "RCPT", "250 fine",
          "DATA", "354 go on",
          "MESSAGE", "250 taken",
          "RSET", "250 fine",
          "NOOP", "250 fine",
          "QUIT", "221 bye");

  private final ServerSocket listener;
  private final Map<String, String> answers;
  private final List<Socket> connections = new CopyOnWriteArrayList<>();
  private final AtomicInteger taken = new AtomicInteger();

  ScriptedSmtpServer(Map<String, String> answers) throws IOException {
    this.listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    this.answers = answers;
    Thread.ofVirtual().start(this::serve);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** How many messages were accepted. */
  int taken() {
    return taken.get();
  }

  /** How many connections were made. */
  int connections() {
    return connections.size();
  }

  /** How many connections neither side has closed. */
  long open() {
    return connections.stream().filter(connection -> !connection.isClosed()).count();
  }

  /** Closes all connections, as a server does with idle ones. */
  void hangUp() throws IOException {
    for (Socket connection : connections) {
      connection.close();
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket connection : connections) {
      connection.close();
    }
  }

  private void serve() {
    while (!listener.isClosed()) {
      try {
        Socket connection = listener.accept();
        connections.add(connection);
        Thread.ofVirtual().start(() -> serve(connection));
      } catch (IOException end) {
        // Closed by the test.
      }
    }
  }

  private void serve(Socket connection) {
    try {
      converse(connection);
    } catch (IOException end) {
      // Closed by the test or by the client, which the test is about.
      close(connection);
    }
  }

  private static void close(Socket connection) {
    try {
      connection.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void converse(Socket connection) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
    OutputStream out = connection.getOutputStream();
    if (!answer("GREETING", connection, out)) {
      return;
    }
    converse(connection, in, out);
  }

  private void converse(Socket connection, BufferedReader in, OutputStream out) throws IOException {
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String verb = line.split("[ :]", 2)[0];
      if (!answer(verb, connection, out)) {
        return;
      }
      if (verb.equals("DATA") && !answers.containsKey("DATA")) {
        for (String text = in.readLine(); text != null && !text.equals("."); ) {
          text = in.readLine();
        }
        taken.incrementAndGet();
        if (!answer("MESSAGE", connection, out)) {
          return;
        }
      }
    }
    connection.close();
  }

  private boolean answer(String verb, Socket connection, OutputStream out) throws IOException {
    String answer = answers.getOrDefault(verb, GOOD.getOrDefault(verb, "502 what?"));
    switch (answer) {
      case HANG -> {
        return false;
      }
      case TRICKLE -> {
        Trickle.of('2', out);
        return false;
      }
      case CLOSE -> {
        connection.close();
        return false;
      }
      default -> out.write((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }
    return true;
  }
}
