package io.eventagents.notification.sms;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * The account that sends.
 *
 * @param api where Twilio's API is
 * @param from a number, or a messaging service
 * @param statusCallback where Twilio reports deliveries
 */
record TwilioAccount(
    URI api, String sid, String token, String from, @Nullable String statusCallback) {

  URI messages() {
    return URI.create("%s/2010-04-01/Accounts/%s/Messages.json".formatted(api, sid));
  }

  /** The form field that the sender goes into. */
  String senderField() {
    return from.startsWith("MG") ? "MessagingServiceSid" : "From";
  }

  String authorization() {
    return "Basic " + HttpHeaders.encodeBasicAuth(sid, token, StandardCharsets.UTF_8);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "TwilioAccount[" + sid + "]";
  }
}
