package io.eventagents.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of the mail server and misbehaves as told. The mails that it passes on are real.
 */
final class SmtpFront implements AutoCloseable {

  private final int port;
  private final int target;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final Mailboxes mailboxes = new Mailboxes();
  private volatile SmtpMode mode = SmtpMode.FINE;
  private volatile boolean closed;
  private @Nullable ServerSocket listener;

  SmtpFront(int target) {
    this.port = Loopback.freePort();
    this.target = target;
    listen();
  }

  int port() {
    return port;
  }

  synchronized void mode(SmtpMode next) {
    mode = next;
    if (next == SmtpMode.REFUSING) {
      stopListening();
    } else if (listener == null) {
      listen();
    }
    // Clients keep their connections, which would otherwise continue in the old mode.
    connections.forEach(SmtpFront::end);
  }

  Mailboxes mailboxes() {
    return mailboxes;
  }

  @Override
  public synchronized void close() {
    closed = true;
    stopListening();
    connections.forEach(SmtpFront::end);
  }

  private synchronized void listen() {
    try {
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(Loopback.address(), port), 50);
      listener = socket;
      Thread.ofVirtual().name("smtp-front").start(() -> accept(socket));
    } catch (IOException e) {
      throw new UncheckedIOException("Could not listen on " + port, e);
    }
  }

  private void stopListening() {
    try {
      if (listener != null) {
        listener.close();
        listener = null;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept(ServerSocket socket) {
    while (!socket.isClosed() && !closed) {
      try {
        Socket client = socket.accept();
        connections.add(client);
        Thread.ofVirtual().start(() -> converse(client));
      } catch (IOException end) {
        // No longer listening.
      }
    }
  }

  private void converse(Socket client) {
    SmtpMode now = mode;
    try (client) {
      OutputStream toClient = client.getOutputStream();
      switch (now) {
        case BUSY -> say(toClient, "421 4.3.2 too much to do");
        case DENYING -> say(toClient, "554 5.7.1 you are not welcome");
        case REFUSING -> {}
        case HANGING -> client.getInputStream().readAllBytes();
        case FINE, SILENT_AFTER_MAIL -> {
          try (Socket server = Loopback.connect(target)) {
            relay(client, server, now);
          }
        }
      }
    } catch (IOException end) {
      // One of them is gone, which is what this class is for.
    } finally {
      connections.remove(client);
    }
  }

  private void relay(Socket client, Socket server, SmtpMode now) throws IOException {
    BufferedReader fromClient = reader(client);
    BufferedReader fromServer = reader(server);
    OutputStream toClient = client.getOutputStream();
    OutputStream toServer = server.getOutputStream();
    say(toClient, reply(fromServer));
    for (String line = fromClient.readLine(); line != null; line = fromClient.readLine()) {
      String verb = line.toUpperCase(Locale.ROOT);
      String refusal = verb.startsWith("RCPT TO:") ? mailboxes.refusal(line) : null;
      if (refusal != null) {
        say(toClient, refusal);
        continue;
      }
      say(toServer, line);
      String reply = reply(fromServer);
      if (verb.equals("DATA") && reply.startsWith("354")) {
        say(toClient, reply);
        text(fromClient, toServer);
        reply = reply(fromServer);
        if (now == SmtpMode.SILENT_AFTER_MAIL) {
          return;
        }
      }
      say(toClient, reply);
    }
  }

  private static void text(BufferedReader from, OutputStream to) throws IOException {
    for (String line = from.readLine(); line != null; line = from.readLine()) {
      say(to, line);
      if (line.equals(".")) {
        return;
      }
    }
    throw new IOException("The client disconnected in the middle of a mail");
  }

  private static String reply(BufferedReader server) throws IOException {
    StringBuilder reply = new StringBuilder();
    while (true) {
      String line = server.readLine();
      if (line == null) {
        throw new IOException("The mail server disconnected");
      }
      reply.append(reply.isEmpty() ? "" : "\r\n").append(line);
      if (line.length() < 4 || line.charAt(3) != '-') {
        return reply.toString();
      }
    }
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
  }

  private static void say(OutputStream out, String text) throws IOException {
    out.write((text + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
