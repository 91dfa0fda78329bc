package dev.sluice.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

  @Test
  void hostAndPort() {
    assertEquals(new Endpoint("localhost", 4318), Endpoint.tryParse("localhost:4318"));
    assertEquals(new Endpoint("", 8888), Endpoint.tryParse(":8888"));
    assertEquals(new Endpoint("::1", 80), Endpoint.tryParse("[::1]:80"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "localhost", "localhost:", "::1:80", "h:65536", "http://h:80", "h:-1"})
  void anythingElseIsNone(String text) {
    assertNull(Endpoint.tryParse(text));
  }

  @Test
  void allAddressesAreLoopbackToAClientHere() {
    assertEquals("127.0.0.1:13133", new Endpoint("0.0.0.0", 13133).local().toString());
    assertEquals("127.0.0.1:13133", new Endpoint("", 13133).local().toString());
    assertEquals("localhost:13133", new Endpoint("localhost", 13133).local().toString());
    assertEquals("[::1]:80", new Endpoint("::1", 80).local().toString());
  }
}
