package io.eventagents.notification.directory;

import io.eventagents.InvalidSetting;
import io.eventagents.SettingCheck;
import io.eventagents.notification.http.ProviderUrl;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where recipients are looked up.
 *
 * @param source the pattern of {@code notification.email.recipient-pattern}, the table behind
 *     {@code /recipients}, or a directory over HTTP
 * @param patternForOthers whether an owner that the table or directory does not know gets the
 *     address from the pattern instead of being unknown
 */
@ConfigurationProperties("notification.recipients")
record DirectoryProperties(
    @DefaultValue("pattern") Source source,
    @DefaultValue("false") boolean patternForOthers,
    @DefaultValue Http http) {

  DirectoryProperties {
    if (source == Source.HTTP) {
      http.check();
    } else if (http.url() != null && !http.url().isBlank()) {
      throw new InvalidSetting(
          "notification.recipients.http.url is set, but notification.recipients.source is "
              + source.name().toLowerCase(Locale.ROOT),
          "Set notification.recipients.source=http, or remove the URL.");
    }
  }

  /** The kinds of directory. */
  enum Source {
    PATTERN,
    TABLE,
    HTTP
  }

  /**
   * A directory over HTTP.
   *
   * @param url such as {@code https://people.company.com/recipients/{id}}
   * @param token a bearer token; empty for none
   * @param connectTimeout how long to wait for a connection
   * @param readTimeout how long to wait for the complete response
   * @param cacheTime how long a recipient is cached
   * @param unknownCacheTime how long it is cached that an owner is unknown
   * @param cacheSize how many answers are cached
   */
  record Http(
      @Nullable String url,
      @DefaultValue("") String token,
      @DefaultValue("PT2S") Duration connectTimeout,
      @DefaultValue("PT5S") Duration readTimeout,
      @DefaultValue("PT5M") Duration cacheTime,
      @DefaultValue("PT30S") Duration unknownCacheTime,
      @DefaultValue("10000") int cacheSize) {

    private static final String ID = "{id}";

    Http {
      SettingCheck.atLeastAMillisecond(
          "notification.recipients.http.connect-timeout", connectTimeout);
      SettingCheck.atLeastAMillisecond("notification.recipients.http.read-timeout", readTimeout);
      SettingCheck.atLeastAMillisecond("notification.recipients.http.cache-time", cacheTime);
      SettingCheck.atLeastAMillisecond(
          "notification.recipients.http.unknown-cache-time", unknownCacheTime);
    }

    String template() {
      return String.valueOf(url);
    }

    private void check() {
      if (!template().contains(ID)) {
        throw new InvalidSetting(
            "notification.recipients.http.url is not an HTTP URL with " + ID,
            "Use one such as https://people.company.com/recipients/" + ID + ".");
      }
      ProviderUrl.parse("notification.recipients.http.url", template().replace(ID, "id"));
    }

    /** Without the token. */
    @Override
    public String toString() {
      return "Http[url=" + url + "]";
    }
  }
}
