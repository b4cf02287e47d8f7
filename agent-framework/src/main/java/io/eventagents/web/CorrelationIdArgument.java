package io.eventagents.web;

import io.eventagents.CorrelationId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Hands the correlation id of the request to controllers that take a {@link CorrelationId}. */
final class CorrelationIdArgument implements HandlerMethodArgumentResolver, WebMvcConfigurer {

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(this);
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == CorrelationId.class;
  }

  @Override
  public CorrelationId resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer mavContainer,
      NativeWebRequest webRequest,
      @Nullable WebDataBinderFactory binderFactory) {
    HttpServletRequest request = webRequest.getNativeRequest(HttpServletRequest.class);
    CorrelationId correlation = request == null ? null : RequestCorrelation.of(request);
    if (correlation == null) {
      throw new IllegalStateException(
          "The request has no correlation id: it did not pass the framework's correlation filter."
              + " Is its bean 'eventAgentsCorrelationFilter' replaced or disabled?");
    }
    return correlation;
  }
}
