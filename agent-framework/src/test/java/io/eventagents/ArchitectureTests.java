package io.eventagents;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.eventagents", importOptions = OnlyTheFramework.class)
class ArchitectureTests {

  @ArchTest
  static final ArchRule thePublicPackageStandsAlone =
      noClasses()
          .that()
          .resideInAPackage("io.eventagents")
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.eventagents..").and(resideOutsideOfPackage("io.eventagents")));

  @ArchTest
  static final ArchRule featuresDependOnEachOtherInOneDirection =
      slices().matching("io.eventagents.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule nothingDependsOnTheWiring =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.eventagents.autoconfigure")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.eventagents.autoconfigure");

  @ArchTest
  static final ArchRule theWireIsFreeOfSpring =
      noClasses()
          .that()
          .resideInAPackage("io.eventagents.wire")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.springframework..");

  /** A loop runs in any program; that Spring starts and stops it is one class. */
  @ArchTest
  static final ArchRule theBackgroundIsFreeOfSpring =
      noClasses()
          .that()
          .resideInAPackage("io.eventagents.background..")
          .and()
          .doNotHaveSimpleName("BackgroundService")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.springframework..");

  /** Controllers of any application use it; the server's own rules are another matter. */
  @ArchTest
  static final ArchRule whatControllersUseKnowsNoServer =
      noClasses()
          .that()
          .resideInAPackage("io.eventagents.http..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.eventagents.web..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule decisionsAreFreeOfSpring =
      noClasses()
          .that()
          .haveNameMatching("io\\.eventagents\\.retry\\.(RetryPolicy|KeyedWork.*|BatchInterrupted)")
          .or()
          .haveNameMatching(
              "io\\.eventagents\\.dispatch\\.(Event|Delivery|Failure|Failed|Outage|Pure|Record).*")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.springframework..");

  @ArchTest
  static final ArchRule theWebIsNotNeededByAgentsOfEvents =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.eventagents.wire..",
              "io.eventagents.binding..",
              "io.eventagents.dispatch..",
              "io.eventagents.retry..",
              "io.eventagents.deadletter",
              "io.eventagents.send..",
              "io.eventagents.topic..",
              "io.eventagents.inbox..",
              "io.eventagents.outbox",
              "io.eventagents.ordering..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.eventagents.http..",
              "io.eventagents.web..",
              "jakarta.servlet..",
              "org.springframework.web..");

  @ArchTest
  static final ArchRule namesAreNouns =
      classes().should().haveNameNotMatching(".*(Manager|Helper|Utils|Util|Impl)(\\$.*)?");
}
