package io.eventagents.notification.push;

import io.eventagents.notification.channel.Channel;
import io.eventagents.notification.channel.OutgoingMessage;
import io.eventagents.notification.channel.SentMessage;
import io.eventagents.notification.channel.Undeliverable;
import io.eventagents.notification.directory.Recipient;
import io.eventagents.notification.http.Answer;
import io.eventagents.notification.http.JsonPost;
import io.eventagents.notification.http.ProviderClient;
import io.eventagents.notification.http.ProviderUrl;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import tools.jackson.databind.JsonNode;

/** Firebase Cloud Messaging, HTTP v1. Reaches every app of the recipient. */
final class FcmChannel implements Channel, AutoCloseable {

  private final URI api;
  private final String project;
  private final AccessTokens tokens;
  private final ProviderClient client;
  private final Deliveries<String> deliveries = new Deliveries<>();

  FcmChannel(URI api, String project, AccessTokens tokens, ProviderClient client) {
    this.api = api;
    this.project = project;
    this.tokens = tokens;
    this.client = client;
  }

  @Override
  public String name() {
    return "push";
  }

  @Override
  public Optional<String> addressOf(Recipient recipient) {
    return recipient.pushTokens().isEmpty() ? Optional.empty() : Optional.of(recipient.id());
  }

  @Override
  public SentMessage send(OutgoingMessage message) {
    return deliveries.toEach(
        message, message.recipient().pushTokens(), token -> send(token, message));
  }

  private String send(String token, OutgoingMessage message) {
    byte[] body = JsonPost.bytes(FcmMessage.to(token, message));
    Answer answer = post(body, tokens.current());
    if (answer.status() == 401 && !"THIRD_PARTY_AUTH_ERROR".equals(error(answer))) {
      answer = post(body, tokens.renewed());
    }
    if (answer.isSuccess()) {
      return answer.json().path("name").asString("");
    }
    switch (error(answer)) {
      case "UNREGISTERED" ->
          throw Undeliverable.gone(token, "the app is no longer registered (UNREGISTERED)");
      case "SENDER_ID_MISMATCH" ->
          throw new Undeliverable(
              "the app is registered with another project (SENDER_ID_MISMATCH)");
      case "INVALID_ARGUMENT" -> {
        String reason = answer.json().path("error").path("message").asString("");
        throw isOfTheToken(answer)
            ? Undeliverable.gone(token, "FCM refused the app's token: " + reason)
            : new Undeliverable("FCM refused the message or the app's token: " + reason);
      }
      // The account, its rights, a disabled API or Apple's key. This affects every push.
      default -> throw client.unavailable(provider(), answer);
    }
  }

  private Answer post(byte[] body, String token) {
    HttpPost post =
        JsonPost.of(URI.create("%s/v1/projects/%s/messages:send".formatted(api, project)), body);
    post.setHeader("Authorization", "Bearer " + token);
    return client.call(provider(), post);
  }

  /** FCM's own code, else the general one. */
  private static String error(Answer answer) {
    JsonNode error = answer.json().path("error");
    for (JsonNode detail : error.path("details")) {
      String code = detail.path("errorCode").asString("");
      if (!code.isEmpty()) {
        return code;
      }
    }
    return error.path("status").asString("");
  }

  /** Whether FCM names the token as the argument that is invalid: it never was one. */
  private static boolean isOfTheToken(Answer answer) {
    for (JsonNode detail : answer.json().path("error").path("details")) {
      for (JsonNode violation : detail.path("fieldViolations")) {
        if (violation.path("field").asString("").equals("message.token")) {
          return true;
        }
      }
    }
    return false;
  }

  private String provider() {
    return "FCM at " + ProviderUrl.shown(api);
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
