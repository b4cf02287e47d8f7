package io.eventagents.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.eventagents.PublicPaths;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;

@ExtendWith(OutputCaptureExtension.class)
class AccessTests {

  private static final String[] USER = {
    "--spring.security.user.name=ada", "--spring.security.user.password=s3cret"
  };

  @Test
  void isOpenOnLoopbackIfNobodyIsConfigured(CapturedOutput output) {
    try (WebApp app = WebApp.start()) {
      assertThat(app.get("/orders?limit=1").statusCode()).isEqualTo(200);
      assertThat(app.post("/orders", "{\"lines\":[]}").statusCode()).isEqualTo(200);
      assertThat(app.get("/actuator/info").statusCode()).isEqualTo(200);
      assertThat(app.get("/actuator/health").body()).contains("diskSpace");
      assertThat(app.get("/actuator/health/readiness").body()).contains("\"UP\"", "readinessState");
      assertThat(app.get("/actuator/health/liveness").body()).contains("\"UP\"", "livenessState");
    }
    assertThat(output).doesNotContain("password", " WARN ");
  }

  @Test
  void wantsTheConfiguredUser() {
    try (WebApp app = WebApp.start(USER)) {
      HttpResponse<String> refused = app.get("/orders?limit=1");
      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(refused.headers().allValues("WWW-Authenticate"))
          .containsExactly("Basic realm=\"Event Agents\", charset=\"UTF-8\"");
      assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
      assertThat(refused.headers().firstValue("X-Correlation-ID")).isPresent();
      assertThat(refused.headers().firstValue("Set-Cookie")).isEmpty();

      assertThat(app.get("/orders?limit=1", basic("ada", "wrong")).statusCode()).isEqualTo(401);
      assertThat(app.get("/orders?limit=1", basic("eve", "s3cret")).statusCode()).isEqualTo(401);
      assertThat(app.get("/orders?limit=1", "Authorization", "Basic %%").statusCode())
          .isEqualTo(401);
      HttpResponse<String> accepted = app.get("/orders?limit=1", basic("ada", "s3cret"));
      assertThat(accepted.statusCode()).isEqualTo(200);
      assertThat(accepted.headers().firstValue("Set-Cookie")).isEmpty();
      assertThat(app.post("/orders", "{\"lines\":[]}", basic("ada", "s3cret")).statusCode())
          .isEqualTo(200);
      assertThat(
              app.post(
                      "/orders",
                      "{}",
                      "Sec-Fetch-Site",
                      "cross-site",
                      "Authorization",
                      basic("ada", "s3cret")[1])
                  .statusCode())
          .isEqualTo(403);
    }
  }

  @Test
  void keepsHealthOpenAndItsDetailsClosed() {
    try (WebApp app = WebApp.start(USER)) {
      assertThat(app.get("/actuator/health").body()).contains("UP").doesNotContain("diskSpace");
      assertThat(app.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
      assertThat(app.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
      assertThat(app.get("/actuator/health", basic("ada", "s3cret")).body()).contains("diskSpace");
      assertThat(app.get("/actuator/info").statusCode()).isEqualTo(401);
      assertThat(app.get("/nowhere").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void takesHashedPasswords() {
    String hash = "{bcrypt}" + new BCryptPasswordEncoder(4).encode("s3cret");
    try (WebApp app = WebApp.start("--spring.security.user.password=" + hash)) {
      assertThat(app.get("/orders?limit=1", basic("user", "s3cret")).statusCode()).isEqualTo(200);
      assertThat(app.get("/orders?limit=1", basic("user", hash)).statusCode()).isEqualTo(401);
    }
  }

  /** It accepts connections and reads requests, and that is all. */
  @Test
  @Timeout(60)
  void answersThoughTheTokenIssuerDoesNot() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    try (ServerSocket issuer = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        WebApp app =
            WebApp.start(
                "--spring.security.oauth2.resourceserver.jwt.issuer-uri=http://127.0.0.1:"
                    + issuer.getLocalPort())) {
      HttpResponse<String> answer = get(app, token(generator.generateKeyPair()));

      assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
    }
  }

  @Test
  void takesTokensOfTheIssuerBesideTheUser(@TempDir Path directory) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair issuer = generator.generateKeyPair();
    KeyPair stranger = generator.generateKeyPair();
    Path key = directory.resolve("issuer.pub");
    Files.writeString(
        key,
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(issuer.getPublic().getEncoded())
            + "\n-----END PUBLIC KEY-----\n");

    try (WebApp app =
        WebApp.start(
            USER[0],
            USER[1],
            "--spring.security.oauth2.resourceserver.jwt.public-key-location=" + key.toUri())) {
      HttpResponse<String> refused = app.get("/orders?limit=1");
      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(refused.headers().firstValue("WWW-Authenticate").orElseThrow())
          .contains("Basic", "Bearer");
      assertThat(get(app, token(issuer)).statusCode()).isEqualTo(200);
      HttpResponse<String> forged = get(app, token(stranger));
      assertThat(forged.statusCode()).isEqualTo(401);
      assertThat(forged.headers().firstValue("Content-Type")).hasValue("application/problem+json");
      assertThat(app.get("/orders?limit=1", basic("ada", "s3cret")).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void backsOffFromTheUsersOwnRules() {
    try (WebApp app = WebApp.start(OwnRules.class)) {
      assertThat(app.get("/orders?limit=1").statusCode()).isEqualTo(200);
      assertThat(app.get("/refused").statusCode()).isEqualTo(403);
      assertThat(app.context().getBeansOfType(ExposureCheck.class)).isEmpty();
    }
  }

  @Test
  void holdsForAManagementPortToo() {
    try (WebApp app = WebApp.start(USER[1], "--management.server.port=0")) {
      String at = "http://localhost:" + app.managementPort() + "/actuator";

      assertThat(app.managementPort()).isNotEqualTo(app.port());
      assertThat(app.get("/readyz").statusCode()).isEqualTo(200);
      assertThat(app.get("/livez").statusCode()).isEqualTo(200);
      assertThat(app.get("/actuator/health").statusCode()).isEqualTo(401);
      assertThat(WebApp.send(HttpRequest.newBuilder(URI.create(at + "/health"))).statusCode())
          .isEqualTo(200);
      assertThat(WebApp.send(HttpRequest.newBuilder(URI.create(at + "/info"))).statusCode())
          .isEqualTo(401);
    }
  }

  @Test
  void refusesForeignPagesOnAManagementPort() {
    try (WebApp app = WebApp.start("--management.server.port=0")) {
      var request =
          HttpRequest.newBuilder(
                  URI.create("http://localhost:" + app.managementPort() + "/actuator/info"))
              .header("Sec-Fetch-Site", "cross-site")
              .DELETE();

      HttpResponse<String> response = WebApp.send(request);
      assertThat(response.statusCode()).isEqualTo(403);
      assertThat(response.headers().firstValue("X-Correlation-ID")).isPresent();
    }
  }

  private static HttpResponse<String> get(WebApp app, String token) {
    return app.get("/orders?limit=1", "Authorization", "Bearer " + token);
  }

  private static String token(KeyPair key) throws Exception {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader(JWSAlgorithm.RS256),
            new JWTClaimsSet.Builder()
                .subject("svc")
                .expirationTime(Date.from(Instant.now().plusSeconds(60)))
                .build());
    token.sign(new RSASSASigner(key.getPrivate()));
    return token.serialize();
  }

  private static String[] basic(String user, String password) {
    return new String[] {
      "Authorization",
      "Basic "
          + Base64.getEncoder()
              .encodeToString((user + ':' + password).getBytes(StandardCharsets.UTF_8))
    };
  }

  @Test
  void leavesPublicPathsAndWhatTheirCallersSendToTheApplication() {
    try (WebApp app = WebApp.start(OwnPath.class, USER)) {
      assertThat(app.post("/bytes", "123").statusCode()).isEqualTo(200);
      assertThat(app.post("/bytes", "123", basic("provider", "other")).statusCode()).isEqualTo(200);
      assertThat(app.post("/bytes", "123").headers().firstValue("Cache-Control")).isPresent();
      assertThat(app.get("/orders?limit=1").statusCode()).isEqualTo(401);
    }
  }

  @Import(WebApp.Application.class)
  static class OwnPath {

    @Bean
    PublicPaths publicPaths() {
      return new PublicPaths("/bytes");
    }
  }

  @Import(WebApp.Application.class)
  static class OwnRules {

    @Bean
    SecurityFilterChain ownRules(HttpSecurity http) {
      return http.authorizeHttpRequests(
              requests -> requests.requestMatchers("/refused").denyAll().anyRequest().permitAll())
          .build();
    }
  }
}
