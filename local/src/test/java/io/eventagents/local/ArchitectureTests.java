package io.eventagents.local;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.slf4j.Logger;

@AnalyzeClasses(packages = "io.eventagents", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

  private static final String[] APPLICATIONS = {
    "io.eventagents.orchestrator..",
    "io.eventagents.notification..",
    "io.eventagents.scheduling..",
    "io.eventagents.audit.."
  };

  /** Exactly these packages; the packages below them are internal. */
  private static final String[] API = {
    "io.eventagents", "io.eventagents.background", "io.eventagents.http"
  };

  private static final String[] FRAMEWORK = {
    "io.eventagents",
    "io.eventagents.autoconfigure..",
    "io.eventagents.background..",
    "io.eventagents.binding..",
    "io.eventagents.database..",
    "io.eventagents.deadletter..",
    "io.eventagents.dispatch..",
    "io.eventagents.http..",
    "io.eventagents.inbox..",
    "io.eventagents.observation..",
    "io.eventagents.ordering..",
    "io.eventagents.outbox..",
    "io.eventagents.poll..",
    "io.eventagents.retry..",
    "io.eventagents.send..",
    "io.eventagents.topic..",
    "io.eventagents.web..",
    "io.eventagents.wire.."
  };

  /** What {@code audit-log} is made of. */
  private static final String[] LOG = {
    "io.eventagents.audit.archive..",
    "io.eventagents.audit.event..",
    "io.eventagents.audit.log..",
    "io.eventagents.audit.proof..",
    "io.eventagents.audit.verification.."
  };

  private static final String RECURRENCE = "io.eventagents.recurrence..";

  @ArchTest
  static final ArchRule orchestratorKnowsOnlyTheFrameworksApi = knowsOnlyTheApi(0, RECURRENCE);

  @ArchTest static final ArchRule notificationKnowsOnlyTheFrameworksApi = knowsOnlyTheApi(1);

  @ArchTest
  static final ArchRule schedulingKnowsOnlyTheFrameworksApi = knowsOnlyTheApi(2, RECURRENCE);

  @ArchTest static final ArchRule auditKnowsOnlyTheFrameworksApi = knowsOnlyTheApi(3);

  @ArchTest
  static final ArchRule frameworkKnowsNoApplication =
      noClasses()
          .that()
          .resideInAnyPackage(FRAMEWORK)
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.eventagents..").and(not(resideInAnyPackage(FRAMEWORK))));

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.eventagents.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule packagesOfTheOrchestratorHaveNoCycles = haveNoCycles("orchestrator");

  @ArchTest
  static final ArchRule packagesOfTheNotificationAgentHaveNoCycles = haveNoCycles("notification");

  @ArchTest
  static final ArchRule packagesOfTheSchedulingAgentHaveNoCycles = haveNoCycles("scheduling");

  @ArchTest static final ArchRule packagesOfTheAuditHaveNoCycles = haveNoCycles("audit");

  /** An application's root package wires its other packages together. */
  @ArchTest
  static final ArchRule nothingKnowsTheWiring =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.eventagents.orchestrator.*..",
              "io.eventagents.notification.*..",
              "io.eventagents.scheduling.*..",
              "io.eventagents.audit.*..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.eventagents.orchestrator",
              "io.eventagents.notification",
              "io.eventagents.scheduling",
              "io.eventagents.audit");

  /** An auditor verifies the log on a class path without an application. */
  @ArchTest
  static final ArchRule theLogIsFreeOfSpring =
      noClasses()
          .that()
          .resideInAnyPackage(LOG)
          .or()
          .resideInAPackage("io.eventagents.wire..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.springframework..", "io.micrometer..", "jakarta..", "javax.sql..");

  @ArchTest
  static final ArchRule theLogKnowsNoAgent =
      noClasses()
          .that()
          .resideInAnyPackage(LOG)
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.eventagents..")
                  .and(not(resideInAnyPackage(LOG)))
                  .and(not(resideInAnyPackage("io.eventagents", "io.eventagents.wire"))));

  @ArchTest
  static final ArchRule recurrenceNeedsNothingButJava =
      classes()
          .that()
          .resideInAPackage(RECURRENCE)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(RECURRENCE, "java..", "org.jspecify.annotations..");

  @ArchTest
  static final ArchRule onlyTasksAndRemindersRecur =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              RECURRENCE, "io.eventagents.orchestrator..", "io.eventagents.scheduling..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(RECURRENCE);

  @ArchTest
  static final ArchRule loggersAreNamedLog =
      fields()
          .that()
          .haveRawType(Logger.class)
          .should()
          .haveName("log")
          .andShould()
          .bePrivate()
          .andShould()
          .beStatic()
          .andShould()
          .beFinal();

  @ArchTest
  static final ArchRule everyPackageIsNullMarked =
      classes()
          .that()
          .haveSimpleName("package-info")
          .should()
          .beAnnotatedWith("org.jspecify.annotations.NullMarked");

  private static ArchRule haveNoCycles(String application) {
    return slices().matching("io.eventagents." + application + ".(*)..").should().beFreeOfCycles();
  }

  /**
   * @param shared what it shares with another application
   */
  private static ArchRule knowsOnlyTheApi(int application, String... shared) {
    return noClasses()
        .that()
        .resideInAPackage(APPLICATIONS[application])
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.eventagents..")
                .and(not(resideInAnyPackage(API)))
                .and(not(resideInAnyPackage(shared)))
                .and(not(resideInAPackage(APPLICATIONS[application]))));
  }
}
