package io.eventagents.web;

import io.eventagents.CorrelationId;
import io.eventagents.http.FieldError;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.core.MethodParameter;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.validation.ObjectError;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.core.JacksonException;

/**
 * Makes a problem document of every exception that Spring MVC raises, and of the {@code
 * ErrorResponseException}s of applications. It names the field, if there is one, and never a class.
 */
@RestControllerAdvice
final class ProblemHandler extends ResponseEntityExceptionHandler
    implements ResponseBodyAdvice<Object> {

  private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);

  @Override
  protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException ex,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    ClientFault fault = ClientFault.ofReading(ex);
    if (fault != null) {
      return problem(ex, fault.status(), fault.detail(), List.of(), request);
    }
    if (ex.getCause() instanceof JacksonException json) {
      FieldError error = JsonFault.of(json);
      return error.field().isEmpty()
          ? problem(ex, HttpStatus.BAD_REQUEST, error.message(), List.of(), request)
          : problem(ex, HttpStatus.BAD_REQUEST, error, request);
    }
    return problem(ex, status, "The body cannot be read.", List.of(), request);
  }

  /** Answers a form with files that cannot be parsed. */
  @ExceptionHandler
  @Nullable ResponseEntity<Object> malformedParts(MultipartException ex, WebRequest request)
      throws MultipartException {
    ClientFault fault = ClientFault.in(ex);
    if (fault == null) {
      throw ex;
    }
    return problem(ex, fault.status(), fault.detail(), List.of(), request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
      MethodArgumentNotValidException ex,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return problem(
        ex,
        HttpStatus.BAD_REQUEST,
        "The request is not valid.",
        ex.getAllErrors().stream().map(ProblemHandler::error).toList(),
        request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
      HandlerMethodValidationException ex,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    List<FieldError> errors =
        ex.getParameterValidationResults().stream()
            .flatMap(
                result ->
                    result.getResolvableErrors().stream()
                        .map(
                            error ->
                                error instanceof org.springframework.validation.FieldError field
                                    ? error(field)
                                    : new FieldError(
                                        SnakeCase.of(
                                            String.valueOf(
                                                result.getMethodParameter().getParameterName())),
                                        message(error))))
            .toList();
    return problem(ex, status, "The request is not valid.", errors, request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleTypeMismatch(
      TypeMismatchException ex, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
    return problem(
        ex,
        status,
        new FieldError(
            String.valueOf(ex.getPropertyName()), JsonFault.expected(ex.getRequiredType())),
        request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
      MissingServletRequestParameterException ex,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return problem(ex, status, new FieldError(ex.getParameterName(), "is required"), request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleNoResourceFoundException(
      NoResourceFoundException ex, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
    return problem(ex, status, "There is nothing here.", List.of(), request);
  }

  /** Without the warning in the log that Spring writes for a client's mistake. */
  @Override
  protected @Nullable ResponseEntity<Object> handleHttpRequestMethodNotSupported(
      HttpRequestMethodNotSupportedException ex,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return handleExceptionInternal(ex, null, headers, status, request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleExceptionInternal(
      Exception ex,
      @Nullable Object body,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    if (status.value() == HttpStatus.INTERNAL_SERVER_ERROR.value()) {
      log.error("{} failed", request.getDescription(false), ex);
      if (body instanceof ProblemDetail problem) { // only what Spring words; it may name a class
        problem.setDetail(Problem.UNEXPECTED);
      }
    } else if (log.isDebugEnabled()) {
      log.debug(
          "{} is refused with {}: {}{}",
          request.getDescription(false),
          status,
          ex.toString(),
          ex.getCause() == null ? "" : ", caused by " + NestedExceptionUtils.getRootCause(ex));
    }
    if (status.is4xxClientError() && isCommitted(request)) {
      return null; // by the server, which saw that the body is broken; Spring would warn of it
    }
    return super.handleExceptionInternal(ex, body, headers, status, request);
  }

  private static boolean isCommitted(WebRequest request) {
    return request instanceof ServletWebRequest servlet
        && servlet.getResponse() != null
        && servlet.getResponse().isCommitted();
  }

  @Override
  public boolean supports(
      MethodParameter returnType, Class<? extends HttpMessageConverter<?>> converterType) {
    return true; // what an exception handler returns is only known when it did
  }

  /** Also to documents that an application makes itself. */
  @Override
  public @Nullable Object beforeBodyWrite(
      @Nullable Object body,
      MethodParameter returnType,
      MediaType contentType,
      Class<? extends HttpMessageConverter<?>> converterType,
      ServerHttpRequest request,
      ServerHttpResponse response) {
    if (body instanceof ProblemDetail problem && request instanceof ServletServerHttpRequest http) {
      CorrelationId correlation = RequestCorrelation.of(http.getServletRequest());
      if (correlation != null) {
        problem.setProperty(RequestCorrelation.KEY, correlation.value());
      }
    }
    return body;
  }

  private @Nullable ResponseEntity<Object> problem(
      Exception ex, HttpStatusCode status, FieldError error, WebRequest request) {
    return problem(
        ex, status, error.field() + " " + error.message() + ".", List.of(error), request);
  }

  private @Nullable ResponseEntity<Object> problem(
      Exception ex,
      HttpStatusCode status,
      String detail,
      List<FieldError> errors,
      WebRequest request) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
    if (!errors.isEmpty()) {
      problem.setProperty("errors", errors);
    }
    return handleExceptionInternal(ex, problem, new HttpHeaders(), status, request);
  }

  private static FieldError error(ObjectError error) {
    if (error instanceof org.springframework.validation.FieldError field) {
      return new FieldError(
          SnakeCase.of(field.getField()),
          field.isBindingFailure() ? "has a value of the wrong type" : message(field));
    }
    return new FieldError(SnakeCase.of(error.getObjectName()), message(error));
  }

  private static String message(MessageSourceResolvable error) {
    String message = error.getDefaultMessage();
    return message == null ? "is not valid" : message;
  }
}
