package io.eventagents.local.standin;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends signed callbacks that report messages as delivered, a moment after they were accepted. */
class TwilioCallbacks implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(TwilioCallbacks.class);
  private static final Duration MOMENT = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final TwilioStandInAccount account;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final ScheduledExecutorService later =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("twilio-callbacks").factory());

  TwilioCallbacks(StandIns standIns) {
    this.account = standIns.twilio();
  }

  void delivered(URI callback, String sid, String to) {
    SortedMap<String, String> form =
        new TreeMap<>(
            Map.of(
                "AccountSid",
                account.sid(),
                "From",
                TwilioStandInAccount.NUMBER,
                "MessageSid",
                sid,
                "MessageStatus",
                "delivered",
                "To",
                to));
    var unused =
        later.schedule(() -> post(callback, form), MOMENT.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    later.shutdownNow();
    http.shutdownNow();
  }

  private void post(URI callback, SortedMap<String, String> form) {
    HttpRequest request =
        HttpRequest.newBuilder(callback)
            .timeout(PATIENCE)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("X-Twilio-Signature", account.signature(callback.toString(), form))
            .POST(HttpRequest.BodyPublishers.ofString(encoded(form)))
            .build();
    try {
      int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status >= 300) {
        log.warn("The callback {} answered {} for {}", callback, status, form.get("MessageSid"));
      }
    } catch (IOException e) {
      log.warn("Could not reach the callback {} for {}", callback, form.get("MessageSid"), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String encoded(SortedMap<String, String> form) {
    return form.entrySet().stream()
        .map(
            field ->
                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
