package io.eventagents.notification.sms;

import io.eventagents.notification.channel.Channel;
import io.eventagents.notification.channel.OutgoingMessage;
import io.eventagents.notification.channel.SentMessage;
import io.eventagents.notification.channel.Undeliverable;
import io.eventagents.notification.directory.Recipient;
import io.eventagents.notification.http.Answer;
import io.eventagents.notification.http.ProviderClient;
import io.eventagents.notification.http.ProviderUrl;
import io.eventagents.notification.receipt.TwilioError;
import io.eventagents.notification.template.OneLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.entity.UrlEncodedFormEntity;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.http.message.BasicNameValuePair;
import tools.jackson.databind.JsonNode;

/**
 * Text messages over Twilio. The API has no idempotency key, so a call that a crash interrupts is
 * repeated.
 */
final class SmsChannel implements Channel, AutoCloseable {

  private static final Pattern E_164 = Pattern.compile("\\+[1-9][0-9]{1,14}");

  /** Twilio's codes for a sender that it refuses. All messages have the same sender. */
  private static final Set<Integer> OF_THE_SENDER =
      Set.of(21212, 21603, 21606, 21659, 21660, 21701, 21703, 21705, 21609);

  private final TwilioAccount account;
  private final ProviderClient client;

  SmsChannel(TwilioAccount account, ProviderClient client) {
    this.account = account;
    this.client = client;
  }

  @Override
  public String name() {
    return "sms";
  }

  @Override
  public Optional<String> addressOf(Recipient recipient) {
    return Optional.ofNullable(recipient.phone());
  }

  @Override
  public SentMessage send(OutgoingMessage message) {
    if (!E_164.matcher(message.address()).matches()) {
      throw new Undeliverable(
          "'%s' is no number in the form +4930123456".formatted(OneLine.of(message.address(), 50)));
    }
    HttpPost post = new HttpPost(account.messages());
    post.setHeader("Authorization", account.authorization());
    post.setEntity(new UrlEncodedFormEntity(form(message), StandardCharsets.UTF_8));
    Answer answer = client.call(provider(), post);
    JsonNode body = answer.json();
    if (answer.isSuccess()) {
      return new SentMessage(message.address(), body.path("sid").asString(null));
    }
    int code = body.path("code").asInt(0);
    if (answer.status() != 400 || code == 0 || OF_THE_SENDER.contains(code)) {
      // The account, its token or its sender is wrong, so no message gets through.
      throw client.unavailable(provider(), answer);
    }
    String reason =
        "%s refused the message: %d %s"
            .formatted(provider(), code, OneLine.of(body.path("message").asString(""), 500));
    throw TwilioError.isOfTheNumber(code)
        ? Undeliverable.gone(message.address(), reason)
        : new Undeliverable(reason);
  }

  private List<NameValuePair> form(OutgoingMessage message) {
    List<NameValuePair> form = new ArrayList<>();
    form.add(new BasicNameValuePair("To", message.address()));
    form.add(new BasicNameValuePair(account.senderField(), account.from()));
    form.add(new BasicNameValuePair("Body", message.content().text()));
    if (account.statusCallback() != null) {
      form.add(new BasicNameValuePair("StatusCallback", account.statusCallback()));
    }
    return form;
  }

  private String provider() {
    return "Twilio at " + ProviderUrl.shown(account.api());
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
