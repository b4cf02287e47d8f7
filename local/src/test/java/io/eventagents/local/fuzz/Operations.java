package io.eventagents.local.fuzz;

import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springframework.context.ApplicationContext;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.BindParam;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import tools.jackson.databind.JsonNode;

/** Everything that can be called: mapped handlers, documented paths and static files. */
public final class Operations {

  private static final List<String> OTHERS =
      List.of("/", "/nowhere", "/error", "/favicon.ico", "/v3/api-docs", "/webjars/{name}");

  private Operations() {}

  /** The operations that controllers and Actuator have mapped in an application. */
  public static List<Operation> mapped(ApplicationContext context) {
    List<Operation> found = new ArrayList<>();
    for (RequestMappingInfoHandlerMapping mapping :
        context.getBeansOfType(RequestMappingInfoHandlerMapping.class).values()) {
      mapping.getHandlerMethods().forEach((info, method) -> add(info, method, found));
    }
    return sorted(found);
  }

  /** The operations that an OpenAPI document describes. */
  public static List<Operation> documented(JsonNode document) {
    List<Operation> found = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (String method : path.getValue().propertyNames()) {
        if (!method.equals("parameters")) {
          found.add(Operation.of(method.toUpperCase(java.util.Locale.ROOT), path.getKey()));
        }
      }
    }
    return sorted(found);
  }

  /** The operations that Actuator's index links to. */
  public static List<Operation> linked(JsonNode actuator) {
    return sorted(
        actuator.path("_links").values().stream()
            .map(link -> link.path("href").asString())
            .map(link -> Operation.of("GET", link.substring(link.indexOf("/actuator"))))
            .toList());
  }

  /** Paths that no controller answers. */
  public static List<Operation> others(Collection<String> files) {
    return Stream.concat(OTHERS.stream(), files.stream())
        .map(path -> Operation.of("GET", path))
        .toList();
  }

  private static void add(RequestMappingInfo info, HandlerMethod method, List<Operation> found) {
    Set<String> methods = new TreeSet<>();
    info.getMethodsCondition().getMethods().forEach(each -> methods.add(each.name()));
    if (methods.isEmpty()) {
      methods.add("GET");
    }
    for (String path : info.getPatternValues()) {
      for (String each : methods) {
        found.add(new Operation(each, path, parameters(method)));
      }
    }
  }

  private static List<String> parameters(HandlerMethod method) {
    Set<String> names = new TreeSet<>();
    for (MethodParameter parameter : method.getMethodParameters()) {
      RequestParam annotation = parameter.getParameterAnnotation(RequestParam.class);
      if (annotation != null) {
        names.add(
            annotation.name().isEmpty() ? parameter.getParameter().getName() : annotation.name());
      } else if (parameter.hasParameterAnnotation(ModelAttribute.class)) {
        for (Parameter part :
            parameter.getParameterType().getConstructors().length == 0
                ? parameter.getParameterType().getDeclaredConstructors()[0].getParameters()
                : parameter.getParameterType().getConstructors()[0].getParameters()) {
          BindParam bound = part.getAnnotation(BindParam.class);
          names.add(bound == null ? part.getName() : bound.value());
        }
      }
    }
    return List.copyOf(names);
  }

  /** A seed relies on the order, and the order of maps differs between runs. */
  private static List<Operation> sorted(List<Operation> found) {
    return found.stream()
        .distinct()
        .sorted(
            Comparator.comparing(Operation::path)
                .thenComparing(Operation::method)
                .thenComparing(operation -> operation.parameters().toString()))
        .toList();
  }
}
