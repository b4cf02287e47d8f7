package io.eventagents.k8s;

import static io.eventagents.k8s.Manifests.container;
import static io.eventagents.k8s.Manifests.each;
import static io.eventagents.k8s.Manifests.nameOf;
import static io.eventagents.k8s.Manifests.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.convert.DurationStyle;

/** The manifests conform to Kubernetes' model and fit together. */
class ManifestsTests {

  private static final Manifests BASE = Manifests.of("base");
  private static final Manifests DEVELOPMENT = Manifests.of("overlays/development");
  private static final Manifests EXAMPLES = Manifests.of("../examples/k8s");

  private static final Pattern NAME = Pattern.compile("[a-z]([-a-z0-9]{0,61}[a-z0-9])?");

  /** The Secrets that overlays must add, as the base's {@code kustomization.yaml} says. */
  private static final Set<String> BROUGHT_BY_OVERLAYS =
      Set.of("event-agents-database", "event-agents-login");

  private static final Duration PRE_STOP_AND_OUTBOX_AND_SPANS = Duration.ofSeconds(5 + 5 + 10);

  static Stream<Manifests> all() {
    return Stream.of(BASE, DEVELOPMENT, EXAMPLES);
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyFieldIsKnown(Manifests manifests) {
    assertThat(manifests.objects())
        .allSatisfy(
            object ->
                assertThatCode(() -> StrictModel.check(object))
                    .as(nameOf(object))
                    .doesNotThrowAnyException());
  }

  @ParameterizedTest
  @MethodSource("all")
  void namesAreValidAndUnique(Manifests manifests) {
    assertThat(manifests.objects())
        .allSatisfy(object -> assertThat(nameOf(object)).matches(NAME))
        .extracting(object -> object.path("kind").asText() + " " + nameOf(object))
        .doesNotHaveDuplicates();
  }

  @Test
  void baseHasOneWorkloadServiceAndConfigMapForEachApplication() {
    List<String> applications =
        List.of("orchestrator-agent", "notification-agent", "scheduling-agent", "audit-agent");

    assertThat(BASE.workloads())
        .extracting(Manifests::nameOf)
        .containsExactlyInAnyOrderElementsOf(applications);
    assertThat(BASE.kind("Service"))
        .extracting(Manifests::nameOf)
        .containsExactlyInAnyOrderElementsOf(applications);
    assertThat(BASE.kind("ConfigMap")).extracting(Manifests::nameOf).containsAll(applications);
    assertThat(BASE.find("StatefulSet", "audit-agent")).isPresent();
  }

  @Test
  void allOfDevelopmentIsInItsNamespace() {
    assertThat(DEVELOPMENT.objects())
        .filteredOn(object -> !object.path("kind").asText().equals("Namespace"))
        .allSatisfy(
            object ->
                assertThat(object.at("/metadata/namespace").asText()).isEqualTo("event-agents"));
    assertThat(DEVELOPMENT.find("Namespace", "event-agents")).isPresent();
  }

  @ParameterizedTest
  @MethodSource("all")
  void selectorsFindTheirOwnPodsAndNoOthers(Manifests manifests) {
    for (ObjectNode workload : manifests.workloads()) {
      JsonNode selector = workload.at("/spec/selector/matchLabels");
      assertThat(selected(manifests, selector)).as(nameOf(workload)).containsExactly(workload);
    }
    for (ObjectNode service : manifests.kind("Service")) {
      assertThat(selected(manifests, service.at("/spec/selector")))
          .as("pods of service %s", nameOf(service))
          .hasSize(1);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void portsHaveTheNamesThatServicesAndProbesUse(Manifests manifests) {
    for (ObjectNode service : manifests.kind("Service")) {
      ObjectNode workload = selected(manifests, service.at("/spec/selector")).getFirst();
      assertThat(each(service.at("/spec/ports")))
          .isNotEmpty()
          .allSatisfy(
              port -> assertThat(portNames(workload)).contains(port.path("targetPort").asText()));
    }
    for (ObjectNode workload : manifests.workloads()) {
      for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
        JsonNode port = container(workload).path(probe).at("/httpGet/port");
        if (!port.isMissingNode()) {
          assertThat(portNames(workload)).as(nameOf(workload)).contains(port.asText());
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void statefulSetsNameTheServiceOfTheirPods(Manifests manifests) {
    for (ObjectNode set : manifests.kind("StatefulSet")) {
      ObjectNode service =
          manifests.find("Service", set.at("/spec/serviceName").asText()).orElseThrow();
      assertThat(selected(manifests, service.at("/spec/selector"))).containsExactly(set);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void objectsThatContainersReferToExist(Manifests manifests) {
    for (ObjectNode workload : manifests.workloads()) {
      each(container(workload).path("envFrom"))
          .filter(source -> !source.findPath("optional").asBoolean(false))
          .forEach(
              source -> {
                if (source.has("configMapRef")) {
                  String name = source.at("/configMapRef/name").asText();
                  assertThat(
                          manifests.find("ConfigMap", name).isPresent()
                              // The example is added to the base.
                              || (manifests.equals(EXAMPLES)
                                  && BASE.find("ConfigMap", name).isPresent()))
                      .as("ConfigMap %s", name)
                      .isTrue();
                } else {
                  requireSecret(manifests, source.at("/secretRef/name").asText());
                }
              });
      each(container(workload).path("env"))
          .map(variable -> variable.at("/valueFrom/secretKeyRef"))
          .filter(reference -> !reference.isMissingNode())
          .forEach(
              reference ->
                  assertThat(
                          manifests
                              .find("Secret", reference.path("name").asText())
                              .orElseThrow()
                              .path("stringData")
                              .has(reference.path("key").asText()))
                      .as("%s", reference)
                      .isTrue());
      assertThat(
              each(container(workload).path("volumeMounts"))
                  .map(mount -> mount.path("name").asText()))
          .containsExactlyInAnyOrderElementsOf(volumes(workload));
    }
  }

  private static void requireSecret(Manifests manifests, String name) {
    if (manifests.equals(DEVELOPMENT)) {
      assertThat(manifests.find("Secret", name)).as("Secret %s", name).isPresent();
    } else {
      assertThat(name).isIn(BROUGHT_BY_OVERLAYS);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void podsRunWithLeastPrivilege(Manifests manifests) {
    assertThat(manifests.workloads())
        .isNotEmpty()
        .allSatisfy(
            workload -> {
              JsonNode pod = pod(workload);
              assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
              assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
              assertThat(pod.at("/securityContext/runAsUser").asInt()).isPositive();
              assertThat(pod.at("/securityContext/seccompProfile/type").asText())
                  .isEqualTo("RuntimeDefault");
              assertThat(pod.path("containers")).hasSize(1);
              JsonNode container = container(workload);
              assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                  .isTrue();
              assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
                  .isFalse();
              assertThat(container.at("/securityContext/capabilities/drop/0").asText())
                  .isEqualTo("ALL");
              for (String resource : List.of("cpu", "memory")) {
                assertThat(container.at("/resources/requests/" + resource).asText()).isNotEmpty();
                assertThat(container.at("/resources/limits/" + resource).asText()).isNotEmpty();
              }
              assertThat(each(container.path("volumeMounts")))
                  .anySatisfy(
                      mount -> assertThat(mount.path("mountPath").asText()).isEqualTo("/tmp"));
            });
  }

  @ParameterizedTest
  @MethodSource("all")
  void probesUseTheHealthGroupsOfTheApplications(Manifests manifests) {
    assertThat(manifests.applications())
        .isNotEmpty()
        .allSatisfy(
            workload -> {
              JsonNode container = container(workload);
              assertThat(container.at("/startupProbe/httpGet/path").asText())
                  .isEqualTo("/actuator/health/liveness");
              assertThat(container.at("/livenessProbe/httpGet/path").asText())
                  .isEqualTo("/actuator/health/liveness");
              assertThat(container.at("/readinessProbe/httpGet/path").asText())
                  .isEqualTo("/readyz");
            });
  }

  @ParameterizedTest
  @MethodSource("all")
  void clientsCannotReachThePortOfTheLivenessProbe(Manifests manifests) {
    assertThat(manifests.applications())
        .allSatisfy(
            workload -> {
              JsonNode container = container(workload);
              assertThat(container.at("/startupProbe/httpGet/port").asText())
                  .isEqualTo("management");
              assertThat(container.at("/livenessProbe/httpGet/port").asText())
                  .isEqualTo("management");
              assertThat(container.at("/readinessProbe/httpGet/port").asText()).isEqualTo("http");
              assertThat(
                      each(container.path("ports"))
                          .filter(port -> port.path("name").asText().equals("management"))
                          .map(port -> port.path("containerPort").asText()))
                  .containsExactly(manifests.environment(workload).get("MANAGEMENT_SERVER_PORT"));
            });
    assertThat(manifests.kind("Service"))
        .allSatisfy(
            service ->
                assertThat(each(service.at("/spec/ports")))
                    .noneSatisfy(
                        port ->
                            assertThat(port.path("targetPort").asText()).isEqualTo("management")));
  }

  @ParameterizedTest
  @MethodSource("all")
  void applicationsHaveEnoughTimeToShutDown(Manifests manifests) {
    assertThat(manifests.applications())
        .allSatisfy(
            workload -> {
              Duration phase =
                  DurationStyle.detectAndParse(
                      manifests
                          .environment(workload)
                          .getOrDefault("SPRING_LIFECYCLE_TIMEOUT_PER_SHUTDOWN_PHASE", "30s"));
              // The phase of the web server and that of the agents.
              Duration needed = phase.multipliedBy(2).plus(PRE_STOP_AND_OUTBOX_AND_SPANS);

              assertThat(container(workload).at("/lifecycle/preStop/sleep/seconds").asInt())
                  .isEqualTo(5);
              assertThat(
                      Duration.ofSeconds(
                          pod(workload).path("terminationGracePeriodSeconds").asLong()))
                  .isGreaterThanOrEqualTo(needed);
            });
  }

  @ParameterizedTest
  @MethodSource("all")
  void applicationsRunTheImagesOfThisVersion(Manifests manifests) {
    assertThat(manifests.applications())
        .allSatisfy(
            workload ->
                assertThat(container(workload).path("image").asText())
                    .isEqualTo(
                        "event-agents/%s:%s"
                            .formatted(nameOf(workload), System.getProperty("project.version"))));
  }

  @ParameterizedTest
  @MethodSource("all")
  void applicationsListenOutsideTheirPod(Manifests manifests) {
    assertThat(manifests.applications())
        .allSatisfy(
            workload ->
                assertThat(manifests.environment(workload))
                    .containsEntry("SERVER_ADDRESS", "0.0.0.0"));
  }

  @Test
  void auditWritesItsLogToItsVolume() {
    for (Manifests manifests : List.of(BASE, DEVELOPMENT)) {
      ObjectNode audit = manifests.find("StatefulSet", "audit-agent").orElseThrow();
      String mount =
          each(container(audit).path("volumeMounts"))
              .filter(one -> one.path("name").asText().equals("log"))
              .map(one -> one.path("mountPath").asText())
              .findFirst()
              .orElseThrow();

      assertThat(audit.at("/spec/replicas").asInt()).isEqualTo(1);
      assertThat(manifests.environment(audit).get("AUDIT_DIRECTORY")).startsWith(mount + "/");
      assertThat(audit.at("/spec/volumeClaimTemplates/0/metadata/name").asText()).isEqualTo("log");
    }
  }

  @Test
  void developmentConnectsApplicationsToItsOwnServers() {
    ObjectNode kafka = DEVELOPMENT.kind("Kafka").getFirst();
    ObjectNode postgresql = DEVELOPMENT.find("StatefulSet", "postgresql").orElseThrow();
    for (ObjectNode application : DEVELOPMENT.applications()) {
      var environment = DEVELOPMENT.environment(application);

      assertThat(environment.get("SPRING_KAFKA_BOOTSTRAP_SERVERS"))
          .isEqualTo(
              nameOf(kafka)
                  + "-kafka-bootstrap:"
                  + kafka.at("/spec/kafka/listeners/0/port").asText());
      Matcher url =
          Pattern.compile("jdbc:postgresql://([^/:]+)(:\\d+)?/(\\w+)")
              .matcher(String.valueOf(environment.get("SPRING_DATASOURCE_URL")));
      assertThat(url.matches()).isTrue();
      assertThat(DEVELOPMENT.find("Service", url.group(1))).isPresent();
      assertThat(url.group(3)).isEqualTo(DEVELOPMENT.environment(postgresql).get("POSTGRES_DB"));
    }
    assertThat(DEVELOPMENT.kind("KafkaNodePool"))
        .singleElement()
        .satisfies(
            pool ->
                assertThat(pool.at("/metadata/labels/strimzi.io~1cluster").asText())
                    .isEqualTo(nameOf(kafka)));
  }

  @Test
  void exampleAddsOnlyObjectsThatTheBaseDoesNotHave() {
    assertThat(EXAMPLES.objects())
        .extracting(Manifests::nameOf)
        .doesNotContainAnyElementsOf(BASE.objects().stream().map(Manifests::nameOf).toList());
  }

  /** The workloads whose pods have all these labels. */
  private static List<ObjectNode> selected(Manifests manifests, JsonNode selector) {
    assertThat(selector.properties()).isNotEmpty();
    return manifests.workloads().stream()
        .filter(
            workload ->
                selector.properties().stream()
                    .allMatch(
                        label ->
                            workload
                                .at("/spec/template/metadata/labels")
                                .path(label.getKey())
                                .equals(label.getValue())))
        .toList();
  }

  private static Set<String> portNames(JsonNode workload) {
    return each(container(workload).path("ports"))
        .map(port -> port.path("name").asText())
        .collect(Collectors.toSet());
  }

  private static List<String> volumes(JsonNode workload) {
    return Stream.concat(
            each(pod(workload).path("volumes")).map(volume -> volume.path("name").asText()),
            each(workload.at("/spec/volumeClaimTemplates")).map(Manifests::nameOf))
        .toList();
  }
}
