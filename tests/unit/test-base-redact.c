/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/trestle-redact.h"

#include <string.h>

static void
test_redact (void)
{
  g_autofree char *a = NULL, *b = NULL, *c = NULL;

  trestle_redact_add ("wJalrXUtnFEMI/K7MDENG");
  trestle_redact_add ("short");
  a = trestle_redact ("key wJalrXUtnFEMI/K7MDENG was refused, short stays");
  g_assert_cmpstr (a, ==, "key ••• was refused, short stays");
  b = trestle_redact ("GET /x?X-Amz-Signature=0123456789abcdef&y=1");
  g_assert_cmpstr (b, ==, "GET /x?X-Amz-Signature=•••&y=1");
  c = trestle_redact ("x-amz-security-token: IQoJb3JpZ2luX2VjE");
  g_assert_cmpstr (c, ==, "x-amz-security-token: •••");
  g_assert_null (trestle_redact (NULL));
}

/* What a server sends may be no UTF-8; it must come out as text all the same. */
static void
test_broken_text (void)
{
  g_autofree char *text = trestle_redact ("a\xff\xfe Signature=0123456789\xc3");

  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_null (strstr (text, "0123456789"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/redact", test_redact);
  g_test_add_func ("/base/redact/broken-text", test_broken_text);
  return g_test_run ();
}
