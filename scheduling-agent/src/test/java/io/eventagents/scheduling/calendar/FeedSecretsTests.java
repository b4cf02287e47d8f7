package io.eventagents.scheduling.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.common.KeyValue;
import org.junit.jupiter.api.Test;
import org.springframework.http.server.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class FeedSecretsTests {

  @Test
  void areInNoTrace() {
    assertThat(traced("/feeds/" + FeedToken.random().value() + ".ics"))
        .isEqualTo("/feeds/{token}.ics");
  }

  @Test
  void leaveOtherPathsAsTheyAre() {
    assertThat(traced("/calendars/ann.ics")).isEqualTo("/calendars/ann.ics");
  }

  private static String traced(String path) {
    ServerRequestObservationContext context =
        new ServerRequestObservationContext(
            new MockHttpServletRequest("GET", path), new MockHttpServletResponse());
    context.addHighCardinalityKeyValues(
        new DefaultServerRequestObservationConvention().getHighCardinalityKeyValues(context));
    new FeedSecrets().map(context);
    KeyValue url = context.getHighCardinalityKeyValue("http.url");
    assertThat(url).isNotNull();
    return url.getValue();
  }
}
