package io.eventagents.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventagents.local.generator.Generation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

class GeneratorArgumentsTests {

  @Test
  void generatesNothingUnlessAsked() {
    assertThat(GeneratorArguments.of(new MockEnvironment())).isEmpty();
  }

  @Test
  void takesTheNumberAndTheSeed() {
    assertThat(
            GeneratorArguments.of(
                new MockEnvironment()
                    .withProperty("generate-chains", "100000")
                    .withProperty("generate-seed", "42")))
        .contains(new Generation(100_000, 42));
  }

  @Test
  void takesTheSettingAsWell() {
    assertThat(
            GeneratorArguments.of(new MockEnvironment().withProperty("local.generate-chains", "5")))
        .hasValueSatisfying(generation -> assertThat(generation.chains()).isEqualTo(5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "many", "1e5", "10000001", "99999999999999999999"})
  void refusesWhatIsNotANumberOfChains(String chains) {
    assertThatExceptionOfType(StartRefused.class)
        .isThrownBy(
            () ->
                GeneratorArguments.of(
                    new MockEnvironment().withProperty("generate-chains", chains)))
        .withMessageContainingAll(
            "--generate-chains=" + chains, "from 1 to 10000000", "--generate-chains=100000");
  }

  @Test
  void refusesASeedWithoutANumberOfChains() {
    assertThatExceptionOfType(StartRefused.class)
        .isThrownBy(
            () -> GeneratorArguments.of(new MockEnvironment().withProperty("generate-seed", "1")))
        .withMessageContaining("--generate-chains");
  }
}
