package io.eventagents.notification.sms;

import io.eventagents.notification.http.StandIn;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** Twilio's messages, with the test numbers of its documentation. */
final class TwilioApi extends StandIn {

  static final String SID = "AC00000000000000000000000000000001";
  static final String TOKEN = "secret";
  static final String FROM = "+15005550006";
  static final String SERVICE = "MG00000000000000000000000000000001";

  @Override
  protected Reply answer(Request request) {
    String credentials =
        Base64.getEncoder().encodeToString((SID + ":" + TOKEN).getBytes(StandardCharsets.UTF_8));
    if (!request.header("Authorization").equals("Basic " + credentials)) {
      return error(401, 20003, "Authenticate");
    }
    if (!request.path().equals("/2010-04-01/Accounts/" + SID + "/Messages.json")) {
      return error(404, 20404, "The requested resource was not found");
    }
    Map<String, String> form = form(request);
    if (!FROM.equals(form.get("From")) && !SERVICE.equals(form.get("MessagingServiceSid"))) {
      return error(400, 21606, "The From phone number is not a valid, SMS-capable number");
    }
    String body = form.getOrDefault("Body", "");
    if (body.isEmpty()) {
      return error(400, 21602, "Message body is required.");
    }
    if (body.length() > 1_600) {
      return error(400, 21617, "The concatenated message body exceeds the 1600 character limit");
    }
    return switch (form.getOrDefault("To", "")) {
      case "" -> error(400, 21604, "A 'To' phone number is required.");
      case "+15005550001" -> error(400, 21211, "Invalid 'To' Phone Number");
      case "+15005550003" -> error(400, 21408, "Permission to send an SMS has not been enabled");
      case "+15005550004" -> error(400, 21610, "Attempt to send to unsubscribed recipient");
      case "+15005550009" -> error(400, 21614, "'To' number is not a valid mobile number");
      default ->
          new Reply(
              201,
              "{\"sid\": \"SM00000000000000000000000000000001\", \"status\": \"queued\","
                  + " \"error_code\": null}");
    };
  }

  static Map<String, String> form(Request request) {
    Map<String, String> form = new HashMap<>();
    for (String pair : request.text().split("&")) {
      String[] parts = pair.split("=", 2);
      form.put(
          URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
          URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return form;
  }

  private static Reply error(int status, int code, String message) {
    return new Reply(
        status,
        "{\"code\": %d, \"message\": \"%s\", \"status\": %d}".formatted(code, message, status));
  }
}
