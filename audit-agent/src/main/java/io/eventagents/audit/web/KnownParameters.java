package io.eventagents.audit.web;

import io.eventagents.http.InvalidRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.BindParam;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses unknown parameters. A client that misspells one would otherwise get the answer to another
 * question. Thread-safe.
 */
final class KnownParameters implements HandlerInterceptor {

  private final Map<Method, Set<String>> known = new ConcurrentHashMap<>();

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (handler instanceof HandlerMethod method) {
      Set<String> names = known.computeIfAbsent(method.getMethod(), unused -> namesOf(method));
      for (String name : request.getParameterMap().keySet()) {
        if (!names.contains(name)) {
          throw new InvalidRequest(
              name,
              names.isEmpty()
                  ? "is not a parameter of this address, which has none"
                  : "is not a parameter of this address, which has " + String.join(", ", names));
        }
      }
    }
    return true;
  }

  private static Set<String> namesOf(HandlerMethod method) {
    Set<String> names = new TreeSet<>();
    for (MethodParameter parameter : method.getMethodParameters()) {
      RequestParam single = parameter.getParameterAnnotation(RequestParam.class);
      if (single != null) {
        names.add(single.name().isEmpty() ? single.value() : single.name());
      } else if (parameter.hasParameterAnnotation(ModelAttribute.class)) {
        addComponents(parameter.getParameterType(), names);
      } else if (parameter.getParameterType() == HttpServletRequest.class) {
        names.add(ExportFormat.PARAMETER);
      }
    }
    return names;
  }

  private static void addComponents(Class<?> query, Set<String> names) {
    for (Parameter parameter : query.getDeclaredConstructors()[0].getParameters()) {
      BindParam name = parameter.getAnnotation(BindParam.class);
      names.add(name == null ? parameter.getName() : name.value());
    }
  }
}
