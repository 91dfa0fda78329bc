package dev.sluice;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Timer;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The house plan, enforced: who may see whom, which library lives where, what only deploy does. */
class ArchitectureTest {
  private static final String[] CORE = {
    "dev.sluice.otlp..",
    "dev.sluice.pipeline..",
    "dev.sluice.processors..",
    "dev.sluice.connectors..",
    "dev.sluice.journal..",
    "dev.sluice.ledger..",
    "dev.sluice.config..",
    "dev.sluice.meters..",
    "dev.sluice.security..",
    "dev.sluice.tls..",
    "dev.sluice.auth.."
  };

  private static JavaClasses sluice;

  @BeforeAll
  static void importClasses() {
    sluice =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("dev.sluice");
  }

  @Test
  void allModulesAreLookedAt() {
    for (String room : List.of("otlp", "pipeline", "config", "meters", "receivers", "exporters")) {
      assertTrue(
          sluice.stream().anyMatch(type -> type.getPackageName().startsWith("dev.sluice." + room)),
          room);
    }
  }

  @Test
  void coreSeesNeitherReceiversNorExportersNorTheDistribution() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(CORE)
            .should()
            .dependOnClassesThat(
                inSluiceOutside(CORE).as("reside in another module than collector-core")));
  }

  @Test
  void receiversSeeOnlyCore() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.sluice.receivers..")
            .should()
            .dependOnClassesThat(inSluiceOutside(with(CORE, "dev.sluice.receivers.."))));
  }

  @Test
  void exportersSeeOnlyCore() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.sluice.exporters..")
            .should()
            .dependOnClassesThat(inSluiceOutside(with(CORE, "dev.sluice.exporters.."))));
  }

  @Test
  void grpcLivesInItsReceiverAndItsExporter() {
    onlyIn("io.grpc..", "dev.sluice.receivers.otlp.grpc..", "dev.sluice.exporters.otlp.grpc..");
  }

  @Test
  void nettyLivesInTheHttpServer() {
    onlyIn("io.netty..", "dev.sluice.receivers.http..");
  }

  @Test
  void okHttpLivesInTheHttpClient() {
    onlyIn("okhttp3..", "dev.sluice.exporters.http..");
  }

  @Test
  void micrometerLivesInMeters() {
    onlyIn("io.micrometer..", "dev.sluice.meters..");
  }

  @Test
  void yamlLivesInConfig() {
    onlyIn("org.snakeyaml..", "dev.sluice.config..");
  }

  @Test
  void librariesForPasswordsAndTokensLiveInAuth() {
    onlyIn("com.nimbusds..", "dev.sluice.auth..");
    onlyIn("at.favre..", "dev.sluice.auth..");
    onlyIn("org.apache.commons.codec..", "dev.sluice.auth..");
  }

  @Test
  void transportsSeeNoAuthenticatorButTheInterface() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(
                "dev.sluice.receivers..", "dev.sluice.exporters..", "dev.sluice.pages..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.sluice.auth.."));
  }

  @Test
  void nothingNeedsTheTraining() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.sluice.training")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.sluice.training"));
  }

  @Test
  void packagesHaveNoCycles() {
    check(slices().matching("dev.sluice.(**)").should().beFreeOfCycles());
  }

  @Test
  void staticFieldsAreFinal() {
    check(
        fields()
            .that()
            .areStatic()
            .and()
            .doNotHaveModifier(JavaModifier.SYNTHETIC)
            .should()
            .beFinal());
  }

  @Test
  void threadsAreStartedInTheDistribution() {
    check(
        outsideTheDistribution()
            .should()
            .callMethod(Thread.class, "ofPlatform")
            .orShould()
            .callMethod(Thread.class, "ofVirtual")
            .orShould()
            .callConstructor(Thread.class, Runnable.class)
            .orShould()
            .callConstructor(Thread.class, Runnable.class, String.class)
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Executors.class, ForkJoinPool.class, Timer.class));
  }

  @Test
  void timeIsReadInTheDistribution() {
    check(
        outsideTheDistribution()
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Clock.class));
  }

  @Test
  void environmentAndStandardStreamsAreTakenFromTheDistribution() {
    check(
        outsideTheDistribution()
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class)
            .orShould()
            .callMethod(System.class, "getProperty", String.class)
            .orShould()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "halt", int.class));
  }

  @Test
  void namesSayWhatAClassIs() {
    check(
        noClasses()
            .should()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameStartingWith("Abstract"));
  }

  @Test
  void ourOwnConcreteClassesAreNotExtended() {
    check(
        noClasses()
            .should()
            .beAssignableTo(
                DescribedPredicate.describe(
                    "a subclass of a concrete class of ours",
                    type ->
                        type.getRawSuperclass()
                            .filter(parent -> parent.getPackageName().startsWith("dev.sluice"))
                            .filter(
                                parent -> !parent.getModifiers().contains(JavaModifier.ABSTRACT))
                            .filter(parent -> !parent.isEnum())
                            .isPresent())));
  }

  @Test
  void everyPackageIsNullMarked() {
    check(
        classes()
            .should(
                new ArchCondition<>("live in a @NullMarked package") {
                  @Override
                  public void check(JavaClass type, ConditionEvents events) {
                    boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                    events.add(new SimpleConditionEvent(type, marked, type.getName()));
                  }
                }));
  }

  private static GivenClassesConjunction outsideTheDistribution() {
    // A training run is a program of its own.
    return noClasses().that().resideOutsideOfPackages("dev.sluice", "dev.sluice.training");
  }

  private static void onlyIn(String library, String... rooms) {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(rooms)
            .should()
            .dependOnClassesThat(resideInAPackage(library)));
  }

  private static DescribedPredicate<JavaClass> inSluiceOutside(String... packages) {
    return resideInAPackage("dev.sluice..")
        .and(JavaClass.Predicates.resideOutsideOfPackages(packages));
  }

  private static String[] with(String[] packages, String one) {
    String[] more = Arrays.copyOf(packages, packages.length + 1);
    more[packages.length] = one;
    return more;
  }

  private static void check(ArchRule rule) {
    rule.check(sluice);
  }
}
