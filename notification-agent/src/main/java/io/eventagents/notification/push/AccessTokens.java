package io.eventagents.notification.push;

import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import io.eventagents.DependencyUnavailable;
import io.eventagents.InvalidSetting;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.util.StringUtils;

/** The tokens that Google issues to the account, each for an hour. Thread-safe. */
final class AccessTokens {

  private static final String PROVIDER = "Google's access tokens";
  private static final String SCOPE = "https://www.googleapis.com/auth/firebase.messaging";

  private final @Nullable String project;
  private final GoogleCredentials credentials;

  private AccessTokens(ServiceAccountCredentials account) {
    this.project = account.getProjectId();
    // The agent repeats the call, and shows what it waits for.
    this.credentials = account.createWithCustomRetryStrategy(false).createScoped(SCOPE);
  }

  /**
   * Reads the account's file.
   *
   * @param transport makes the calls
   * @throws InvalidSetting if there is no file, or it is not that of a service account
   */
  static AccessTokens of(Resource account, TokenTransport transport) {
    try (InputStream file = account.getInputStream()) {
      return new AccessTokens(ServiceAccountCredentials.fromStream(file, () -> transport));
    } catch (IOException | RuntimeException e) {
      // The library's messages name what is missing, but never the key.
      throw new InvalidSetting(
          "notification.push.service-account cannot be read: " + e.getMessage(),
          "Set it to the JSON file of a service account's key, file:/...");
    }
  }

  /**
   * The project that pushes are sent for.
   *
   * @param set the project from the settings
   * @throws InvalidSetting if neither the settings nor the account's file name it
   */
  String project(@Nullable String set) {
    if (StringUtils.hasText(set)) {
      return set.strip();
    }
    if (project != null) {
      return project;
    }
    throw new InvalidSetting(
        "notification-push is only partly configured: notification.push.project-id is not set",
        "Set notification.push.project-id: the account's file does not name the project.");
  }

  /**
   * A token that is valid for at least some minutes.
   *
   * @throws DependencyUnavailable if Google issues none, because it is down or does not accept the
   *     account
   */
  String current() {
    return token(credentials::refreshIfExpired);
  }

  /**
   * A new token, as FCM does not accept the last one.
   *
   * @throws DependencyUnavailable as above
   */
  String renewed() {
    return token(credentials::refresh);
  }

  private String token(Refresh refresh) {
    try {
      refresh.run();
      return Objects.requireNonNull(credentials.getAccessToken()).getTokenValue();
    } catch (IOException e) {
      throw new DependencyUnavailable(PROVIDER, e);
    }
  }

  private interface Refresh {
    void run() throws IOException;
  }
}
