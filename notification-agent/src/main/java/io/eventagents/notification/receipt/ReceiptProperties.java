package io.eventagents.notification.receipt;

import io.eventagents.InvalidSetting;
import io.eventagents.SettingCheck;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Delivery receipts. Each source is on if its settings identify it.
 *
 * @param retention how long receipts are expected after a message was sent
 */
@ConfigurationProperties("notification.receipts")
record ReceiptProperties(
    @DefaultValue("P30D") Duration retention,
    @DefaultValue Mailbox mailbox,
    @DefaultValue Ses ses,
    @DefaultValue SendGrid sendgrid,
    @DefaultValue Postmark postmark,
    @DefaultValue Twilio twilio) {

  ReceiptProperties {
    SettingCheck.atLeastAMillisecond("notification.receipts.retention", retention);
  }

  /**
   * The mailbox of the mails' sender, read over IMAP; on if {@code host} is set. Nobody else may
   * read it, as mails that are marked as seen are not read again.
   *
   * @param protocol {@code imaps}, or {@code imap} for a server without TLS or with STARTTLS
   * @param port by default that of the protocol
   * @param startTls whether {@code imap} must switch to TLS
   * @param maxSize the largest report that is read
   */
  record Mailbox(
      @Nullable String host,
      @Nullable Integer port,
      @DefaultValue("imaps") String protocol,
      @DefaultValue("false") boolean startTls,
      @DefaultValue("") String username,
      @DefaultValue("") String password,
      @DefaultValue("INBOX") String folder,
      @DefaultValue("PT1M") Duration pollInterval,
      @DefaultValue("PT5S") Duration connectTimeout,
      @DefaultValue("PT20S") Duration readTimeout,
      @DefaultValue("10MB") DataSize maxSize) {

    Mailbox {
      SettingCheck.atLeastAMillisecond("notification.receipts.mailbox.poll-interval", pollInterval);
      SettingCheck.atLeastAMillisecond(
          "notification.receipts.mailbox.connect-timeout", connectTimeout);
      SettingCheck.atLeastAMillisecond("notification.receipts.mailbox.read-timeout", readTimeout);
      if (!protocol.equals("imaps") && !protocol.equals("imap")) {
        throw new InvalidSetting(
            "notification.receipts.mailbox.protocol is '%s'".formatted(protocol),
            "Set it to imaps or imap.");
      }
      if (given(host) && username.isBlank()) {
        throw new InvalidSetting(
            "notification.receipts.mailbox.host is set without a user",
            "Set notification.receipts.mailbox.username and .password.");
      }
    }

    boolean on() {
      return given(host);
    }

    int portOrDefault() {
      return port == null ? -1 : port;
    }

    /** The mailbox's name for operators. */
    String name() {
      return "%s://%s/%s".formatted(protocol, host, folder);
    }

    /** Without the password. */
    @Override
    public String toString() {
      return "Mailbox[" + name() + "]";
    }
  }

  /**
   * Amazon SES over SNS, on if the topic is set.
   *
   * @param topicArn the topic that SES publishes to; receipts of other topics are refused
   * @param timeout how long to wait for a certificate from Amazon
   */
  record Ses(@Nullable String topicArn, @DefaultValue("PT5S") Duration timeout) {

    Ses {
      SettingCheck.atLeastAMillisecond("notification.receipts.ses.timeout", timeout);
    }

    boolean on() {
      return given(topicArn);
    }
  }

  /**
   * SendGrid, on if the key is set.
   *
   * @param verificationKey the public key that SendGrid shows for the signed event webhook
   */
  record SendGrid(@Nullable String verificationKey) {

    boolean on() {
      return given(verificationKey);
    }

    /**
     * The key.
     *
     * @throws InvalidSetting if it is not a public key
     */
    PublicKey key() {
      try {
        return KeyFactory.getInstance("EC")
            .generatePublic(
                new X509EncodedKeySpec(
                    Base64.getMimeDecoder().decode(String.valueOf(verificationKey))));
      } catch (GeneralSecurityException | IllegalArgumentException e) {
        throw new InvalidSetting(
            "notification.receipts.sendgrid.verification-key is not the public key of an elliptic curve",
            "Copy the verification key that SendGrid shows under Mail Settings, Event Webhook.");
      }
    }
  }

  /**
   * Postmark, on if the user is set.
   *
   * @param username the user in the webhook's URL
   * @param password the password in the URL
   */
  record Postmark(@Nullable String username, @Nullable String password) {

    Postmark {
      if (given(username) != given(password)) {
        throw new InvalidSetting(
            "Of notification.receipts.postmark.username and .password only one is set",
            "Set both, as they are in the URL of Postmark's webhook.");
      }
    }

    boolean on() {
      return given(username);
    }

    /** Without the password. */
    @Override
    public String toString() {
      return "Postmark[username=" + username + "]";
    }
  }

  /**
   * Twilio, on if the token is set.
   *
   * @param authToken the account's token, which signs the receipts
   * @param url the status callback as Twilio calls it, which is part of the signature
   */
  record Twilio(@Nullable String authToken, @Nullable String url) {

    Twilio {
      if (given(authToken) != given(url)) {
        throw new InvalidSetting(
            "Of notification.receipts.twilio.auth-token and .url only one is set",
            "Set both; the URL is the one that Twilio calls, such as"
                + " https://tasks.company.com/receipts/twilio.");
      }
    }

    boolean on() {
      return given(authToken);
    }

    /** Without the token. */
    @Override
    public String toString() {
      return "Twilio[url=" + url + "]";
    }
  }

  private static boolean given(@Nullable String value) {
    return value != null && !value.isBlank();
  }
}
