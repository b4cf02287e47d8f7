package io.eventagents.notification.push;

import io.eventagents.notification.http.StandIn;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** FCM's HTTP v1 API, and Google's access tokens for a service account (RFC 7523). */
final class FcmApi extends StandIn {

  static final String PROJECT = "tasks-1";
  static final String APP = "app-1";
  static final String OTHER_APP = "app-2";
  static final String GONE = "app-gone";
  static final String INVALID = "app-that-is-no-token";
  static final String FOREIGN = "app-of-another-project";

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String EMAIL = "sender@tasks-1.iam.gserviceaccount.com";
  private static final int LARGEST = 4_096;

  // Making a key takes a second.
  private static final KeyPair KEY = rsa();
  private static final KeyPair DELETED = rsa();

  private final Set<String> tokens = new HashSet<>();
  private boolean open = true;

  /** The file of the account's key, as the console provides it. */
  Resource account() {
    return account(KEY);
  }

  /** The file of a key that was deleted. */
  Resource accountWithDeletedKey() {
    return account(DELETED);
  }

  /** Stops accepting all tokens that were issued. */
  synchronized void forgetTokens() {
    tokens.clear();
  }

  /** The account has lost the right to send. */
  synchronized void deny() {
    open = false;
  }

  long tokenRequests() {
    return requests().stream().filter(request -> request.path().equals("/token")).count();
  }

  @Override
  protected synchronized Reply answer(Request request) {
    return request.path().equals("/token") ? token(request) : send(request);
  }

  private Reply token(Request request) {
    String assertion = "";
    for (String pair : request.text().split("&")) {
      if (pair.startsWith("assertion=")) {
        assertion = URLDecoder.decode(pair.substring(10), StandardCharsets.UTF_8);
      }
    }
    if (!isValid(assertion)) {
      return new Reply(
          400, "{\"error\": \"invalid_grant\", \"error_description\": \"Invalid JWT Signature.\"}");
    }
    String token = "ya29." + tokens.size() + "-" + tokenRequests();
    tokens.add(token);
    return new Reply(
        200,
        "{\"access_token\": \"%s\", \"expires_in\": 3599, \"token_type\": \"Bearer\"}"
            .formatted(token));
  }

  private boolean isValid(String assertion) {
    String[] parts = assertion.split("\\.");
    if (parts.length != 3) {
      return false;
    }
    JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(KEY.getPublic());
      signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
      return signature.verify(Base64.getUrlDecoder().decode(parts[2]))
          && claims.path("iss").asString("").equals(EMAIL)
          && claims.path("scope").asString("").endsWith("/auth/firebase.messaging")
          && claims.path("exp").asLong() > Instant.now().getEpochSecond();
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private Reply send(Request request) {
    String bearer = request.header("Authorization");
    if (!bearer.startsWith("Bearer ") || !tokens.contains(bearer.substring(7))) {
      return error(401, "UNAUTHENTICATED", "");
    }
    if (!open || !request.path().equals("/v1/projects/" + PROJECT + "/messages:send")) {
      return error(403, "PERMISSION_DENIED", "");
    }
    if (request.body().length > LARGEST) {
      return error(400, "INVALID_ARGUMENT", "INVALID_ARGUMENT");
    }
    return switch (request.json().at("/message/token").asString("")) {
      case APP, OTHER_APP ->
          new Reply(200, "{\"name\": \"projects/tasks-1/messages/0:%d\"}".formatted(sent()));
      case GONE -> error(404, "NOT_FOUND", "UNREGISTERED");
      case INVALID ->
          new Reply(
              400,
              """
              {"error": {"code": 400, "message": "Request contains an invalid argument.",
               "status": "INVALID_ARGUMENT", "details": [
                {"@type": "type.googleapis.com/google.firebase.fcm.v1.FcmError",
                 "errorCode": "INVALID_ARGUMENT"},
                {"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": [
                  {"field": "message.token", "description": "Invalid registration token"}]}]}}
              """);
      case FOREIGN -> error(403, "PERMISSION_DENIED", "SENDER_ID_MISMATCH");
      default -> error(400, "INVALID_ARGUMENT", "INVALID_ARGUMENT");
    };
  }

  private long sent() {
    return requests().size() - tokenRequests();
  }

  private static Reply error(int status, String general, String own) {
    String details =
        own.isEmpty()
            ? ""
            : """
            , "details": [{"@type": "type.googleapis.com/google.firebase.fcm.v1.FcmError",
                           "errorCode": "%s"}]\
            """
                .formatted(own);
    return new Reply(
        status,
        "{\"error\": {\"code\": %d, \"message\": \"...\", \"status\": \"%s\"%s}}"
            .formatted(status, general, details));
  }

  private Resource account(KeyPair pair) {
    String pem =
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----\n";
    return new ByteArrayResource(
        """
        {"type": "service_account", "project_id": "%s", "private_key_id": "k1",
         "private_key": %s, "client_email": "%s", "client_id": "1",
         "token_uri": "%s"}
        """
            .formatted(PROJECT, JSON.writeValueAsString(pem), EMAIL, url("/token"))
            .getBytes(StandardCharsets.UTF_8));
  }

  private static KeyPair rsa() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2_048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
