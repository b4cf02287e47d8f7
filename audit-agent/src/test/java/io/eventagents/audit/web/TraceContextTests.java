package io.eventagents.audit.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTests {

  private static final String ID = "4bf92f3577b34da6a3ce929d0e0e4736";

  @Test
  void readsTheIdAndWhetherTheTraceIsRecorded() {
    assertThat(TraceContext.of(headers("00-" + ID + "-00f067aa0ba902b7-01")))
        .hasValue(new TraceContext(ID, true));
    assertThat(TraceContext.of(headers("00-" + ID + "-00f067aa0ba902b7-00")))
        .hasValue(new TraceContext(ID, false));
  }

  @Test
  void readsWhatLaterVersionsOfTheStandardAdd() {
    assertThat(TraceContext.of(headers("cc-" + ID + "-00f067aa0ba902b7-03-more")))
        .hasValue(new TraceContext(ID, true));
  }

  @Test
  void lastHeaderCountsAsItDoesForAgents() {
    String other = "0af7651916cd43dd8448eb211c80319c";

    assertThat(
            TraceContext.of(
                """
                [["traceparent","00-%s-00f067aa0ba902b7-01"],["x",null],
                 ["traceparent","00-%s-00f067aa0ba902b7-01"]]"""
                    .formatted(ID, other)))
        .hasValue(new TraceContext(other, true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
        "<script>"
      })
  void ignoresWhatIsNoTrace(String traceparent) {
    assertThat(TraceContext.of(headers(traceparent))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "[[\"traceparent\",null]]",
        "[[\"traceparent\",{\"base64\":\"AP8=\"}]]",
        "[[\"traceparent\""
      })
  void findsNoTraceInOtherHeaders(String headers) {
    assertThat(TraceContext.of(headers)).isEmpty();
  }

  private static String headers(String traceparent) {
    return "[[\"event_id\",\"e-1\"],[\"traceparent\",\"" + traceparent + "\"]]";
  }
}
