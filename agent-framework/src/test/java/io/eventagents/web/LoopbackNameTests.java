package io.eventagents.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackNameTests {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST",
        "localhost:8080",
        "localhost:",
        "a.localhost",
        "a-1.b.localhost:1",
        "127.0.0.1",
        "127.255.255.255:80",
        "127.1.2.3:",
        "[::1]",
        "[::1]:8080",
        "[0:0:0:0:0:0:0:1]:",
      })
  void knowsThisMachine(String host) {
    assertThat(LoopbackName.is(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        ":80",
        "localhost.",
        ".localhost",
        "a..localhost",
        "evillocalhost",
        "a_b.localhost",
        "localhost.evil.example",
        "localhost:80:80",
        "localhost:8o",
        "localhost:evil.example",
        "127.0.0.1.evil.example",
        "127.0.0",
        "127.0.0.",
        "127..0.1",
        "127.0.0.0.1",
        "127.0.0.1000",
        "127.0.0.1a",
        "128.0.0.1",
        "[::1",
        "[::1]a",
        "[::1].evil.example",
        "[::2]",
        "[]",
        "evil.example",
      })
  void knowsNoOther(String host) {
    assertThat(LoopbackName.is(host)).isFalse();
  }

  @Test
  void readsANameOfAnyLength() {
    assertThat(LoopbackName.is("a.".repeat(100_000))).isFalse();
    assertThat(LoopbackName.is("a.".repeat(100_000) + "localhost")).isTrue();
  }
}
