package io.eventagents.test.catalog;

import io.eventagents.Cause;
import io.eventagents.Event;
import io.eventagents.EventPublisher;
import io.eventagents.EventPublishers;
import io.eventagents.EventType;
import io.eventagents.binding.AgentDefinition;
import io.eventagents.binding.AgentDefinitions;
import io.eventagents.binding.Intake;
import io.eventagents.wire.PayloadTypes;
import java.lang.reflect.Executable;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.AnnotationConfigUtils;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/**
 * The events that applications declare: those that their agents take and emit, those that their
 * {@link EventPublisher} beans publish, and those that the framework publishes about deliveries.
 *
 * <p>They are read from bean definitions: no agent is created, nothing starts, and neither a broker
 * nor a database is needed.
 *
 * @param emitted the published events with their owners
 * @param taken the events that are read, with their readers
 */
record DeclaredEvents(List<DeclaredEvent> emitted, List<DeclaredEvent> taken) {

  /** The owner of the events that any agent may publish about its deliveries. */
  static final String FRAMEWORK = "event-agents";

  DeclaredEvents {
    emitted = List.copyOf(emitted);
    taken = List.copyOf(taken);
  }

  /**
   * Reads the events.
   *
   * @param configuration the configuration of the applications: a {@code @SpringBootApplication} or
   *     {@code @EnableAutoConfiguration} class
   * @param properties settings that enable agents that are otherwise left out by a condition, as
   *     {@code name=value}
   * @throws IllegalStateException if a publisher is created in a way that hides what it publishes
   */
  static DeclaredEvents of(Class<?> configuration, String... properties) {
    List<DeclaredEvent> emitted = new ArrayList<>();
    List<DeclaredEvent> taken = new ArrayList<>();
    try (DefinitionsOnly context = new DefinitionsOnly()) {
      context.registerBean(
          EventPublishers.class,
          () -> new Recording(emitted),
          definition -> definition.setPrimary(true));
      context.register(configuration);
      TestPropertyValues.of(properties).applyTo(context);
      context.refresh();
      refuseHiddenPublishers(context.getBeanFactory());
      for (String name : context.getBeanNamesForType(EventPublisher.class, true, false)) {
        context.getBean(name);
      }
      for (AgentDefinition agent : context.getBean(AgentDefinitions.class)) {
        add(emitted, agent.name(), agent.emits());
        if (agent.intake() instanceof Intake.Events events) {
          events.types().all().stream()
              .filter(type -> !type.isOpen()) // a setting, not a record, says which events it takes
              .forEach(type -> taken.add(new DeclaredEvent(agent.name(), type)));
        }
      }
    }
    frameworks().forEach(payload -> add(emitted, FRAMEWORK, PayloadTypes.of(payload)));
    return new DeclaredEvents(emitted, taken);
  }

  private static void add(List<DeclaredEvent> emitted, String owner, PayloadTypes types) {
    types.all().forEach(type -> emitted.add(new DeclaredEvent(owner, type)));
  }

  /**
   * Refuses publishers that are not beans: they are created when the application starts, and it
   * does not start here.
   */
  private static void refuseHiddenPublishers(ConfigurableListableBeanFactory beans) {
    for (String name : beans.getBeanDefinitionNames()) {
      BeanDefinition definition = beans.getMergedBeanDefinition(name);
      if (takesPublishers(definition) && !beans.isTypeMatch(name, EventPublisher.class)) {
        throw new IllegalStateException(
            """
            The bean '%s' creates its publisher itself, so the catalog cannot know what it publishes. \
            Declare the publisher as a bean of its own and inject it: @Bean EventPublisher<...> \
            events(EventPublishers publishers) { return publishers.create(...); }"""
                .formatted(name));
      }
    }
  }

  private static boolean takesPublishers(BeanDefinition definition) {
    Stream<? extends Executable> makers = Stream.of();
    if (definition instanceof RootBeanDefinition root) {
      if (root.getResolvedFactoryMethod() != null) {
        makers = Stream.of(root.getResolvedFactoryMethod());
      } else if (root.hasBeanClass()) {
        makers = Stream.of(root.getBeanClass().getDeclaredConstructors());
      } else if (root.getBeanClassName() != null) {
        makers = constructors(root.getBeanClassName());
      }
    }
    return makers
        .flatMap(maker -> Arrays.stream(maker.getParameterTypes()))
        .anyMatch(EventPublishers.class::equals);
  }

  private static Stream<? extends Executable> constructors(String className) {
    return Stream.of(
        ClassUtils.resolveClassName(className, ClassUtils.getDefaultClassLoader())
            .getDeclaredConstructors());
  }

  /** The payloads in the framework's own jar or folder, in any of its packages. */
  private static List<Class<?>> frameworks() {
    return payloads(Event.class.getPackageName())
        .filter(type -> Objects.equals(home(type), home(EventPublisher.class)))
        .toList();
  }

  /** The payload records in a package and those below it that no event here uses. */
  List<Class<?>> unusedOf(String basePackage) {
    Set<Class<?>> used = new HashSet<>();
    emitted.forEach(event -> used.add(event.payload().recordClass()));
    taken.forEach(event -> used.add(event.payload().recordClass()));
    return payloads(basePackage).filter(payload -> !used.contains(payload)).toList();
  }

  private static Stream<Class<?>> payloads(String basePackage) {
    var scanner = new ClassPathScanningCandidateComponentProvider(false);
    scanner.addIncludeFilter(new AnnotationTypeFilter(EventType.class));
    return scanner.findCandidateComponents(basePackage).stream()
        .map(found -> Objects.requireNonNull(found.getBeanClassName()))
        .sorted()
        .map(name -> ClassUtils.resolveClassName(name, ClassUtils.getDefaultClassLoader()));
  }

  private static @Nullable String home(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    return source == null ? null : String.valueOf(source.getLocation());
  }

  /** Records what would be published, and publishes nothing. */
  private record Recording(List<DeclaredEvent> emitted) implements EventPublishers {

    @Override
    public <T> EventPublisher<T> create(String source, Class<T> payloadType) {
      add(emitted, source, PayloadTypes.of(payloadType));
      return new EventPublisher<>() {
        @Override
        public <P extends T> Event<P> publish(P payload, Cause cause) {
          throw new IllegalStateException("Nothing is published while declarations are read");
        }
      };
    }
  }

  /** Reads bean definitions without creating their beans. */
  private static final class DefinitionsOnly extends AnnotationConfigApplicationContext {

    @Override
    protected void registerBeanPostProcessors(ConfigurableListableBeanFactory beans) {
      // For the constructors of configuration classes. The other post-processors would create
      // beans.
      beans.addBeanPostProcessor(
          beans.getBean(
              AnnotationConfigUtils.AUTOWIRED_ANNOTATION_PROCESSOR_BEAN_NAME,
              BeanPostProcessor.class));
    }

    @Override
    protected void finishBeanFactoryInitialization(ConfigurableListableBeanFactory beans) {}

    @Override
    protected void finishRefresh() {}

    @Override
    protected void doClose() {
      // A closing event would create its listeners.
      destroyBeans();
      closeBeanFactory();
    }
  }
}
