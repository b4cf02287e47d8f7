package examples.analytics;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for the analytics, {@code analytics.*}.
 *
 * @param owners how many owners are measured separately; the others are measured together, because
 *     each owner adds some dozen time series
 */
@ConfigurationProperties("analytics")
record AnalyticsProperties(@DefaultValue("100") int owners) {

  AnalyticsProperties {
    if (owners < 1) {
      throw new IllegalArgumentException(
          "analytics.owners is %d; it must be at least 1".formatted(owners));
    }
  }
}
