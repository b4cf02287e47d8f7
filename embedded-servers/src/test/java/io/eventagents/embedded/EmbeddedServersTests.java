package io.eventagents.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EmbeddedServersTests {

  @Test
  void startsOneSharedServerOfEachKind() {
    EmbeddedServers.start();

    assertThat(EmbeddedServers.kafka()).isSameAs(EmbeddedServers.kafka());
    assertThat(EmbeddedServers.kafka().isRunning()).isTrue();
    assertThat(EmbeddedServers.postgreSql()).isSameAs(EmbeddedServers.postgreSql());
    assertThat(EmbeddedServers.postgreSql().isRunning()).isTrue();
  }
}
