/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/trestle-redact.h"

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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/redact", test_redact);
  return g_test_run ();
}
