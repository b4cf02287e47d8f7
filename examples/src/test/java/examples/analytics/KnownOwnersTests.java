package examples.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KnownOwnersTests {

  @Test
  void theFirstOwnersAreMeasuredSeparatelyAndTheOthersTogether() {
    KnownOwners owners = new KnownOwners(2);

    assertThat(owners.nameOf("user-1")).isEqualTo("user-1");
    assertThat(owners.nameOf("user-2")).isEqualTo("user-2");
    assertThat(owners.nameOf("user-3")).isEqualTo("all others");
    assertThat(owners.nameOf("user-1")).isEqualTo("user-1");
  }
}
