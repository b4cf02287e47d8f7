package io.eventagents.notification.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.http.client.FilteredHostException;
import org.springframework.boot.http.client.InetAddressFilter;

class ProviderClientTests {

  private static final Patience PATIENCE = Patience.ofSeconds(5, 5);

  private final StandIn server =
      new StandIn() {
        @Override
        protected Reply answer(Request request) {
          return new Reply(200, "fine");
        }
      };

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "localhost",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.100.100.200",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[fd00:ec2::254]",
        "[fe80::1]",
        "[64:ff9b::7f00:1]",
        "2130706433"
      })
  void connectsToPublicAddressesOnly(String host) throws Exception {
    try (ProviderClient client = ProviderClient.toPublicAddresses(PATIENCE, Clock.systemUTC())) {
      assertThatThrownBy(() -> client.call("x", JsonPost.of(server(host), Map.of())))
          .isInstanceOf(FilteredHostException.class);
    }
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void connectsToTheVeryAddressThatWasLookedAt() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    // A name with another address at the second lookup would get past a check before the call.
    // The filter sees each address that is connected to.
    InetAddressFilter once = (InetAddress address) -> looks.incrementAndGet() == 1;
    try (ProviderClient client = ProviderClient.toAddresses(once, PATIENCE, Clock.systemUTC())) {
      assertThat(client.call("x", JsonPost.of(server("127.0.0.1"), Map.of())).status())
          .isEqualTo(200);
    }

    assertThat(looks).hasValue(1);
  }

  @Test
  void usesAConnectionAgain() throws Exception {
    try (ProviderClient client = ProviderClient.of(PATIENCE, Clock.systemUTC())) {
      for (int n = 0; n < 3; n++) {
        assertThat(client.call("x", JsonPost.of(server("127.0.0.1"), Map.of())).body())
            .isEqualTo("fine");
      }
    }
  }

  private URI server(String host) {
    return URI.create("http://" + host + ":" + server.port() + "/");
  }
}
