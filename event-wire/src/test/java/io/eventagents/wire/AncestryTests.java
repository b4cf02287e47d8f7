package io.eventagents.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.eventagents.EventHeaders;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AncestryTests {

  private static final ChainLimits LIMITS = new ChainLimits(5, 2);

  @Test
  void anEventWithoutTheHeaderIsTheFirstOfItsChain() {
    Ancestry ancestry = Ancestry.of(new RecordHeaders());

    assertThat(ancestry.depth()).isZero();
    assertThat(ancestry.timesOf("billing")).isZero();
    assertThat(text(ancestry.with("billing"))).isEqualTo("1;billing=1");
  }

  @Test
  void eachAgentIsCounted() {
    Ancestry ancestry = read("4;shop=1,billing=2,billing-eu=1");

    assertThat(ancestry.depth()).isEqualTo(4);
    assertThat(ancestry.timesOf("billing")).isEqualTo(2);
    assertThat(ancestry.timesOf("billing-eu")).isEqualTo(1);
    assertThat(ancestry.timesOf("eu")).isZero();
    assertThat(text(ancestry.with("billing"))).isEqualTo("5;shop=1,billing=3,billing-eu=1");
    assertThat(text(ancestry.with("eu"))).isEqualTo("5;shop=1,billing=2,billing-eu=1,eu=1");
  }

  @Test
  void theDepthMayStandAlone() {
    assertThat(text(read("7").with("billing"))).isEqualTo("8;billing=1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ";",
        "x",
        "-1",
        "+1",
        "1.5",
        "1 ",
        "1;",
        "1;a",
        "1;a=",
        "1;=1",
        "1;a=x",
        "1;a=-1",
        "1;a=1,",
        "1;a=1,,b=1",
        "1;a=1;b=1",
        "1;a b=1",
        "1,a=1",
        "1234567890",
        "1;a=1234567890",
        "\"1;a=1\"",
        "\u0661",
        "1;\u00e4=1"
      })
  void whatCannotBeReadCountsAsNone(String header) {
    assertThat(text(read(header).with("a"))).isEqualTo("1;a=1");
  }

  @Test
  void aHeaderWithoutAValueOrOfAMegabyteCountsAsNone() {
    assertThat(read((String) null).depth()).isZero();
    assertThat(read("9;" + "a".repeat(1_000_000) + "=1").depth()).isZero();
  }

  @Test
  void itStaysSmallAndKeepsWhoGoesRoundInCircles() {
    Ancestry ancestry = Ancestry.NONE;
    for (int i = 0; i < 1_000; i++) {
      ancestry = read(text(ancestry.with("an-agent-of-many-" + i)));
      ancestry = read(text(ancestry.with("circling")));
    }

    assertThat(ancestry.depth()).isEqualTo(2_000);
    assertThat(ancestry.timesOf("circling")).isEqualTo(1_000);
    assertThat(ancestry.with("circling")).hasSizeLessThanOrEqualTo(Ancestry.LONGEST);
  }

  @Test
  void theLargestNumbersGrowNoFurther() {
    assertThat(text(read("999999999;a=999999999").with("a"))).isEqualTo("999999999;a=999999999");
  }

  @Test
  void aChainMayGoAsFarAsTheLimits() {
    assertThatCode(() -> LIMITS.check("a", read("5;a=2,b=3"))).doesNotThrowAnyException();
    assertThatExceptionOfType(RunawayChain.class)
        .isThrownBy(() -> LIMITS.check("a", read("6;a=1")))
        .withMessage("The chain runs away: the event goes back to 6 others, max-depth is 5");
    assertThatExceptionOfType(RunawayChain.class)
        .isThrownBy(() -> LIMITS.check("a", read("5;a=3,b=2")))
        .withMessage(
            "The chain goes round in circles: the event goes back to 3 others of a itself,"
                + " max-repeats is 2");
  }

  @Test
  void limitsThatStopEverythingAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ChainLimits(0, 1))
        .withMessage("max-depth is 0; set at least 1, or no event could cause another");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ChainLimits(1, -1))
        .withMessageStartingWith("max-repeats is -1;");
  }

  @SuppressWarnings("NullAway") // Kafka's headers may have no value.
  private static Ancestry read(@Nullable String header) {
    return Ancestry.of(
        new RecordHeaders()
            .add(EventHeaders.ANCESTRY, header == null ? null : header.getBytes(UTF_8)));
  }

  private static String text(byte[] header) {
    return new String(header, UTF_8);
  }
}
