package io.eventagents.scheduling.calendar;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationFilter;
import java.util.regex.Pattern;
import org.springframework.http.server.observation.ServerRequestObservationContext;

/** Keeps the secrets of feeds out of traces, which contain the path of each request. */
public final class FeedSecrets implements ObservationFilter {

  private static final Pattern SECRET = Pattern.compile(FeedController.PATH + "[^/?]+");

  @Override
  public Observation.Context map(Observation.Context context) {
    if (context instanceof ServerRequestObservationContext) {
      for (KeyValue tag : context.getHighCardinalityKeyValues()) {
        if (tag.getValue().contains(FeedController.PATH)) {
          context.addHighCardinalityKeyValue(
              KeyValue.of(
                  tag.getKey(),
                  SECRET.matcher(tag.getValue()).replaceAll(FeedController.PATH + "{token}.ics")));
        }
      }
    }
    return context;
  }
}
